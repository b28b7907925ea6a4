package good

import (
	"bufio"
	"context"
	"io"
)

// Script reads lines on a goroutine of its own, whose last word is the error.
type Script struct {
	C   <-chan string
	err error
}

// Open starts to read.
func Open(ctx context.Context, r io.Reader) *Script {
	c := make(chan string)
	l := &Script{C: c}
	go func() {
		defer close(c)
		s := bufio.NewScanner(r)
		for s.Scan() {
			select {
			case c <- s.Text():
			case <-ctx.Done():
				l.err = ctx.Err()
				return
			}
		}
		l.err = s.Err()
	}()
	return l
}

// Err returns the error of the reader, once C is closed.
func (l *Script) Err() error { return l.err }

// Count has the channel in a field that isn't exported.
type Count struct {
	c   chan int
	err error
}

// NewCount starts.
func NewCount(next func() (int, error)) *Count {
	f := &Count{c: make(chan int)}
	go f.run(next)
	return f
}

func (f *Count) run(next func() (int, error)) {
	defer close(f.c)
	for {
		n, err := next()
		if err != nil {
			f.err = err
			return
		}
		f.c <- n
	}
}

// Numbers gives the numbers.
func (f *Count) Numbers() <-chan int { return f.c }

// Err is the reason of the end.
func (f *Count) Err() error { return f.err }
