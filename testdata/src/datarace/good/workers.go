package good

import (
	"errors"
	"os"
	"sync"
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
