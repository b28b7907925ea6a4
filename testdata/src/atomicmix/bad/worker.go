package bad

import (
	"log"
	"sync"
	"sync/atomic"
	"unsafe"
)

type worker struct {
	jobs   chan func()
	closed uint32
	done   uint64
}

func start(n int) *worker {
	w := &worker{jobs: make(chan func())}
	for range n {
		go w.loop()
	}
	return w
}

func (w *worker) loop() {
	for job := range w.jobs {
		job()
		w.done++ // want `w.done is written here without sync/atomic while atomic.LoadUint64 reads it`
	}
}

// Done is called while the loops run.
func (w *worker) Done() uint64 { return atomic.LoadUint64(&w.done) }

// Close tells the loops.
func (w *worker) Close() {
	if w.closed == 1 { // want `w.closed is read here without sync/atomic while atomic.CompareAndSwapUint32 changes it`
		return
	}
	w.shut()
}

// Shut is the same for others.
func (w *worker) Shut() { w.shut() }

func (w *worker) shut() {
	if atomic.CompareAndSwapUint32(&w.closed, 0, 1) {
		close(w.jobs)
	}
}

// progress reads a captured counter while the goroutines are at work.
func progress(parts []func() int64) int64 {
	var total int64
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			atomic.AddInt64(&total, part())
		}()
	}
	log.Println("so far", total) // want `total is read here without sync/atomic while atomic.AddInt64 changes it`
	wg.Wait()
	return total
}

// failures counts plainly in one of two goroutines.
func failures(a, b func() error) int32 {
	var failed int32
	done := make(chan struct{}, 2)
	go func() {
		if a() != nil {
			atomic.AddInt32(&failed, 1)
		}
		done <- struct{}{}
	}()
	go func() {
		if b() != nil {
			failed++ // want `failed is written here without sync/atomic while atomic.AddInt32 changes it`
		}
		done <- struct{}{}
	}()
	<-done
	<-done
	return failed
}

var verbose int32

// SetVerbose is called by a signal handler.
func SetVerbose(on bool) {
	if on {
		verbose = 1 // want `verbose is written here without sync/atomic while atomic.LoadInt32 reads it`
	} else {
		verbose = 0
	}
}

// Debugf is called by everybody.
func Debugf(format string, args ...any) {
	if atomic.LoadInt32(&verbose) != 0 {
		log.Printf(format, args...)
	}
}

type table struct{ rows []string }

// Catalog replaces its table as a whole.
type Catalog struct {
	current unsafe.Pointer // *table
}

// Install is the writer.
func (c *Catalog) Install(t *table) { atomic.StorePointer(&c.current, unsafe.Pointer(t)) }

// Rows is the reader.
func (c *Catalog) Rows() []string {
	return (*table)(c.current).rows // want `c.current is read here without sync/atomic while atomic.StorePointer changes it`
}

// A Ring is generic.
type Ring[T any] struct {
	slots []T
	head  uint64
	tail  uint64
}

// Push is called by producers.
func (r *Ring[T]) Push(v T) {
	at := atomic.AddUint64(&r.tail, 1) - 1
	r.slots[at%uint64(len(r.slots))] = v
}

// Len reads what producers change.
func (r *Ring[T]) Len() int {
	return int(r.tail - atomic.LoadUint64(&r.head)) // want `r.tail is read here without sync/atomic while atomic.AddUint64 changes it`
}
