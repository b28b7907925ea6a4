package programs

import (
	"errors"
	"iter"
	"sync"
	"sync/atomic"
	"time"
)

// What the language says of loops, iterators, built-ins and generic types.

// Since Go 1.22 each round has a variable of its own.
func RoundsOfTheirOwn(names []string) int {
	var wg sync.WaitGroup
	total := make([]int, len(names))
	for i := 0; i < len(names); i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			total[i] = len(names[i])
		}()
	}
	wg.Wait()
	return len(total)
}

func countdown(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; n > 0; n-- {
			if !yield(n) {
				return
			}
		}
	}
}

// The body of a range over a function runs on the goroutine of the loop.
func RangesOverFunction() int {
	sum := 0
	for n := range countdown(3) {
		sum += n
	}
	return sum
}

// A goroutine that the body starts outlives its round.
func RangesAndSpawns() int {
	sum := 0
	for n := range countdown(2) {
		go func() { sum += n }() // want "race"
	}
	return sum
}

// A return in the body of a range over a function runs the deferred calls.
func ReturnsFromRange(ch chan struct{}) error {
	var mu sync.Mutex
	for n := range countdown(3) {
		mu.Lock()
		defer mu.Unlock()
		if n > 0 {
			return errors.New("enough")
		}
	}
	return nil
}

// Defers in the body of a range over a function run when the function around
// it returns, so the second round waits for ever.
func DefersInRange() {
	var mu sync.Mutex
	for range countdown(2) {
		mu.Lock() // want "relock"
		defer mu.Unlock()
	}
}

// iter.Pull runs the iterator in turns with its caller.
func PulledInTurns() int {
	n := 0
	next, stop := iter.Pull(func(yield func(int) bool) {
		n++
		yield(n)
	})
	defer stop()
	n++
	v, _ := next()
	n++
	return v + n
}

// min and max read, clear writes.
func Cleared() int {
	m := map[int]int{1: 1}
	done := make(chan bool)
	go func() {
		clear(m) // want "map race"
		close(done)
	}()
	n := max(len(m), min(1, 2))
	<-done
	return n
}

func LargestIsFine(a, b int) int {
	out := make(chan int, 1)
	go func() { out <- max(a, b, 3) }()
	return min(<-out, 7)
}

type set[T comparable] = map[T]struct{}

// A generic alias is the type that it stands for.
func AliasOfMap() int {
	s := make(set[string])
	var wg sync.WaitGroup
	wg.Go(func() { s["a"] = struct{}{} }) // want "map race"
	n := len(s)
	wg.Wait()
	return n
}

type box[T any] struct {
	mu sync.Mutex
	v  T
}

func (b *box[T]) set(v T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.v = v
}

func (b *box[T]) get() T { return b.v } // want "race"

// Instances run like code that is written out.
func BoxWithoutLock() string {
	var b box[string]
	go b.set("x")
	return b.get()
}

func BoxWithLock() string {
	var b box[string]
	done := make(chan bool)
	go func() {
		b.set("x")
		done <- true
	}()
	<-done
	return b.get()
}

// Of several ready cases any may be taken.
func AnyReadyCase() error {
	work, quit := make(chan int, 1), make(chan struct{})
	close(quit)
	work <- 1
	var once sync.Once
	errs := make(chan error)
	select {
	case <-work:
		once.Do(func() {})
	case <-quit:
		errs <- errors.New("quit") // want "send"
	}
	return nil
}

// A nil channel is never ready.
func NilCase(ready bool) int {
	var never chan int
	some := make(chan int, 1)
	some <- 1
	select {
	case v := <-never:
		return v
	case v := <-some:
		return v
	}
}

// Publishing by an atomic pointer orders what was written before.
func PublishedAtomically() int {
	type config struct{ n int }
	var current atomic.Pointer[config]
	go func() {
		c := &config{}
		c.n = 3
		current.Store(c)
	}()
	if c := current.Load(); c != nil {
		return c.n
	}
	return 0
}

// What is written after that isn't.
func WrittenAfterPublishing() int {
	type config struct{ n int }
	var current atomic.Pointer[config]
	go func() {
		c := &config{}
		current.Store(c)
		c.n = 3 // want "race"
	}()
	if c := current.Load(); c != nil {
		return c.n
	}
	return 0
}

// A compare-and-swap that succeeds is a lock for one.
func SwappedOnce() int {
	var taken atomic.Bool
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if taken.CompareAndSwap(false, true) {
				n++
			}
		})
	}
	wg.Wait()
	return n
}

// A panic in a deferred call goes on, and the lock is given back.
func PanicsAndUnlocks() (err error) {
	var mu sync.Mutex
	func() {
		defer func() { _ = recover() }()
		mu.Lock()
		defer mu.Unlock()
		panic("no")
	}()
	mu.Lock()
	mu.Unlock()
	return nil
}

// A ticker's channel belongs to the runtime, which goes on sending.
func WaitsForTick() int {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	n := 0
	for range 2 {
		<-tick.C
		n++
	}
	return n
}
