package good

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"
)

// load reads files in the background. The errors may be looked at when the
// channel is closed.
func load(names []string) (<-chan []byte, *[]error) {
	contents := make(chan []byte)
	errs := new([]error)
	go func() {
		defer close(contents)
		for _, name := range names {
			content, err := os.ReadFile(name)
			if err != nil {
				*errs = append(*errs, err)
				continue
			}
			contents <- content
		}
	}()
	return contents, errs
}

func count(contents <-chan []byte, workers int) <-chan int {
	sizes := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			for content := range contents {
				sizes <- len(content)
			}
		}()
	}
	go func() {
		group.Wait()
		close(sizes)
	}()
	return sizes
}

// Sizes adds up the sizes of files. There is at least one worker, so all
// contents are taken before its channel is closed.
func Sizes(names []string, workers int) (int, error) {
	contents, errs := load(names)
	sum := 0
	for size := range count(contents, max(workers, 1)) {
		sum += size
	}
	return sum, errors.Join(*errs...)
}

// stripe is one of several maps with a lock each.
type stripe struct {
	sync.RWMutex
	values map[string]int
}

// Striped is a map in stripes.
type Striped struct {
	stripes [4]stripe
	stop    chan struct{}
}

// NewStriped starts a goroutine that forgets what is zero.
func NewStriped() *Striped {
	s := &Striped{stop: make(chan struct{})}
	for i := range s.stripes {
		s.stripes[i].values = make(map[string]int)
	}
	go s.clean()
	return s
}

func (s *Striped) clean() {
	for {
		select {
		case <-s.stop:
			return
		default:
		}
		for i := range s.stripes { // the array itself isn't read
			s.stripes[i].drop()
		}
	}
}

func (s *stripe) drop() {
	s.Lock()
	defer s.Unlock()
	for key, value := range s.values {
		if value == 0 {
			delete(s.values, key)
		}
	}
}

// Len counts the values.
func (s *Striped) Len() int {
	n := 0
	for i := range s.stripes {
		s.stripes[i].RLock()
		n += len(s.stripes[i].values)
		s.stripes[i].RUnlock()
	}
	return n
}

// Close ends the goroutine.
func (s *Striped) Close() { close(s.stop) }

// A parcel is copied by as many workers as its owner has set, who says how
// many and waits for them.
type parcel struct {
	mu     sync.Mutex
	offset int64
	most   int
	send   func(at int64) error
}

func (p *parcel) Fill(sizes []int64, workers int) (n int64, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fill(sizes, workers)
}

func (p *parcel) fill(sizes []int64, workers int) (n int64, err error) {
	offsets := make(chan int64)
	failed := make(chan error)
	if workers > p.most || workers < 1 {
		workers = p.most
	}
	go func() {
		defer close(offsets)
		at := p.offset
		for _, size := range sizes {
			offsets <- at
			at += size
		}
	}()
	var wg sync.WaitGroup
	wg.Add(workers)
	for i := 0; i < workers; i++ {
		go func() {
			defer wg.Done()
			for at := range offsets {
				if err := p.send(at); err != nil {
					failed <- err
				}
			}
		}()
	}
	go func() {
		wg.Wait()
		close(failed)
	}()
	for one := range failed {
		err = one
	}
	for _, size := range sizes {
		n += size
	}
	p.offset += n
	return n, err
}

// bounded returns the variable that its goroutine reads as it is; only the
// other result becomes something else on the way.
func bounded(parent context.Context, every time.Duration, ask func(context.Context) bool) (ctx context.Context, end func()) {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		defer cancel()
		for ask(ctx) {
			time.Sleep(every)
		}
	}()
	return ctx, cancel
}
