package programs

import (
	"sync"
	"sync/atomic"
	"time"
)

func Counter() int {
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n++ // want "race"
		}()
	}
	wg.Wait()
	return n
}

func Guarded() int {
	var mu sync.Mutex
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			n++
		})
	}
	wg.Wait()
	return n
}

func Cache() {
	m := map[string]int{}
	go func() { m["a"] = 1 }()
	_ = m["b"] // want "map race"
}

func Published() {
	var p atomic.Pointer[account]
	go p.Store(&account{balance: 1})
	if a := p.Load(); a != nil {
		_ = a.balance
	}
}

func Disjoint(n int) []int {
	out := make([]int, 4)
	var wg sync.WaitGroup
	for i := range out {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out[i] = i
		}()
	}
	wg.Wait()
	return out
}

func Timer() int {
	n := 0
	time.AfterFunc(time.Second, func() { n = 1 })
	return n // want "race"
}

func DoneTooEarly() int {
	n := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Done()
		n = 1
	}()
	wg.Wait()
	return n // want "race"
}

func Recovered() {
	ch := make(chan int)
	go func() {
		defer close(ch)
		defer func() { _ = recover() }()
		panic("x")
	}()
	<-ch
}

func Spins() int {
	ready := 0
	go func() { ready = 1 }() // want "race"
	for ready == 0 {          // want "race"
	}
	return ready
}

func SpinsOnAtomic() int {
	var ready atomic.Int32
	n := 0
	go func() {
		n = 1
		ready.Store(1)
	}()
	for ready.Load() == 0 {
	}
	return n
}

// Both fill the same variable, whatever the calls that they make say.
func SameWork(n int, fetch func(int) (string, error), missing func(error) bool) []string {
	var out []string
	var failed []error
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s, err := fetch(i)
			switch {
			case missing(err):
			case err != nil:
				mu.Lock()
				failed = append(failed, err)
				mu.Unlock()
			default:
				out = append(out, s) // want "race"
				fetch(-i)
			}
		}()
	}
	wg.Wait()
	return out
}

func flush()
func record() []byte

// What is flushed was recorded before.
func Flushes() []byte {
	var head []byte
	go func() {
		data := record()
		head = data[:4]
	}()
	flush()
	return head
}
