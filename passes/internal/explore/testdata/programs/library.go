package programs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// What library functions do with goroutines, callbacks and memory.

// Since Go 1.23 a timer that is stopped late takes its value back.
func StoppedLate() {
	t := time.NewTimer(time.Millisecond)
	time.Sleep(2 * time.Millisecond)
	if !t.Stop() {
		<-t.C
	}
}

func ReceivedTwice() {
	t := time.NewTimer(time.Millisecond)
	<-t.C
	if !t.Stop() {
		<-t.C // want "receive"
	}
}

func RangeOverKeys(m map[string]int) {
	var wg sync.WaitGroup
	total := 0
	for key := range maps.Keys(m) {
		wg.Go(func() {
			total += len(key) // want "race"
		})
	}
	wg.Wait()
}

func Sorted(names []string) {
	compared := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			_ = slices.IndexFunc(names, func(name string) bool {
				compared++ // want "race"
				return name == ""
			})
		})
	}
	wg.Wait()
}

func FilledBuffer(r io.Reader) byte {
	p := make([]byte, 8)
	go func() { _, _ = r.Read(p) }()
	return p[0] // want "race"
}

func SharedBuffer() {
	var b bytes.Buffer
	p := make([]byte, 1)
	go func() { b.Write(p) }()
	p[0] = 1 // want "race"
}

func SetByReflection() int {
	n := 0
	go func() { reflect.ValueOf(&n).Elem().SetInt(1) }()
	return n // want "race"
}

func Finalized() {
	n := 0
	p := new(strings.Builder)
	runtime.SetFinalizer(p, func(*strings.Builder) { n++ }) // runs on a goroutine of its own
	go func() { n = 1 }()                                   // want "race"
	_, _ = os.Stdout.Write(nil)
	_ = n // no access
	n = 2 // want "race"
}

func Parallel(b *testing.B) {
	n := 0
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n++ // want "race"
		}
	})
}

func Bubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done := false
		go func() {
			time.Sleep(time.Second)
			done = true
		}()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if !done {
			t.Error("not done")
		}
	})
}

func BubbleWithoutWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done := false
		go func() { done = true }() // want "race"
		time.Sleep(time.Second)
		if !done { // want "race"
			t.Error("not done")
		}
	})
}

// Two connections are two keys: the last to go closes done, once.
func LastConnection(l net.Listener, handle func(net.Conn)) {
	conns := make(map[net.Conn]bool)
	done := make(chan bool)
	closing := false
	var mu sync.Mutex
	for range 2 {
		c, err := l.Accept()
		if err != nil {
			break
		}
		mu.Lock()
		conns[c] = true
		mu.Unlock()
		go func() {
			defer func() {
				mu.Lock()
				defer mu.Unlock()
				delete(conns, c)
				if len(conns) == 0 && closing {
					close(done)
				}
			}()
			handle(c)
		}()
	}
	mu.Lock()
	closing = true
	idle := len(conns) == 0
	mu.Unlock()
	if !idle {
		<-done
	}
}

// The parent of a context is the caller's: nothing is known of it.
func StopsEarly(ctx context.Context, next func() (int, error)) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	raw, checked := make(chan int), make(chan int)
	go func() {
		defer close(raw)
		for {
			v, err := next()
			if err != nil {
				return
			}
			select {
			case raw <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		defer close(checked)
		for v := range raw {
			checked <- v // want "send"
		}
	}()
	sum := 0
	for v := range checked {
		if v < 0 {
			return 0, errors.New("negative")
		}
		sum += v
	}
	return sum, nil
}

// WalkDir calls its function without an error most of the time.
func Walks(fsys fs.FS, limit int64, size func(fs.DirEntry) int64) bool {
	sizes := make(chan int64)
	go func() {
		defer close(sizes)
		_ = fs.WalkDir(fsys, ".", func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			sizes <- size(d) // want "send"
			return nil
		})
	}()
	var total int64
	for n := range sizes {
		if total += n; total > limit {
			return true
		}
	}
	return false
}

// Formatting asks a value for its text, under the lock that it takes itself.
type purse struct {
	mu    sync.Mutex
	cents int
}

func (p *purse) String() string {
	p.mu.Lock() // want "relock"
	defer p.mu.Unlock()
	return strconv.Itoa(p.cents)
}

func (p *purse) take(cents int) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if cents > p.cents {
		return fmt.Errorf("%v hasn't got %d", p, cents)
	}
	p.cents -= cents
	return nil
}

func Takes(p *purse, cents int) error { return p.take(cents) }

// Who comes second to cancel a context finds it done.
func CancelledByTwo() {
	ctx, cancel := context.WithCancel(context.Background())
	never := make(chan int)
	go func() { cancel() }()
	cancel()
	if ctx.Err() == nil {
		<-never
	}
}

var errFirst, errSecond = errors.New("first"), errors.New("second")

// Either of two may be the one that cancels, though both are free to go at
// once.
func EitherCause() {
	ctx, cancel := context.WithCancelCause(context.Background())
	start, lost := make(chan int), make(chan int)
	go func() {
		<-start
		cancel(errFirst)
	}()
	start <- 1
	cancel(errSecond)
	if context.Cause(ctx) == errFirst {
		lost <- 1 // want "send"
	}
}

func EitherCauseReversed() {
	ctx, cancel := context.WithCancelCause(context.Background())
	start, lost := make(chan int), make(chan int)
	go func() {
		<-start
		cancel(errFirst)
	}()
	start <- 1
	cancel(errSecond)
	if context.Cause(ctx) == errSecond {
		lost <- 1 // want "send"
	}
}

// What was stopped doesn't run.
func StoppedOrRun() {
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	ran := make(chan int)
	stop := context.AfterFunc(ctx, func() { close(ran) })
	if stop() {
		close(ran)
	}
	<-ran
}
