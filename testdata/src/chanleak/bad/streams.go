package bad

import (
	"bufio"
	"context"
	"io"
	"strings"
	"sync"
	"time"
)

// This file holds channels that one function makes and another one leaves.

type row struct {
	text string
	err  error
}

// rows sends the lines of a reader.
func rows(r io.Reader) <-chan row {
	out := make(chan row)
	go func() {
		defer close(out)
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			out <- row{text: lines.Text()} // want `nobody receives from out any more`
		}
		if err := lines.Err(); err != nil {
			out <- row{err: err}
		}
	}()
	return out
}

func firstWith(r io.Reader, word string) (string, error) {
	for row := range rows(r) {
		if row.err != nil {
			return "", row.err
		}
		if strings.Contains(row.text, word) {
			return row.text, nil
		}
	}
	return "", io.EOF
}

// lengths is a stage between rows and its caller.
func lengths(in <-chan row, workers int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for row := range in {
				out <- len(row.text) // want `nobody receives from out any more`
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func anyLonger(r io.Reader, than int) bool {
	for n := range lengths(rows(r), 4) {
		if n > than {
			return true
		}
	}
	return false
}

// seat is asked for by those who wait for a while, and given by the host.
type seat struct {
	guests int
	since  time.Time
	table  chan int
}

type host struct {
	asking chan *seat
	free   []int
}

func newHost(tables ...int) *host { return &host{asking: make(chan *seat), free: tables} }

func (h *host) Ask(ctx context.Context, guests int) (int, bool) {
	s := &seat{guests: guests, since: time.Now(), table: make(chan int)}
	h.asking <- s
	select {
	case table := <-s.table:
		return table, true
	case <-ctx.Done():
		return 0, false
	}
}

func (h *host) serve() {
	var waiting []*seat
	for s := range h.asking {
		waiting = append(waiting, s)
		for len(waiting) > 0 && len(h.free) > 0 {
			waiting[0].table <- h.free[0] // want `waiting\[0\].table is unbuffered, and who asked may have left at streams.go:\d+: this send then waits for ever`
			waiting, h.free = waiting[1:], h.free[1:]
		}
	}
}

// reader sends rows ahead, as many as the buffer holds.
type reader struct {
	ahead int
	next  func(ctx context.Context, after int) ([]row, error)
}

func (rd *reader) rows(ctx context.Context) (<-chan row, <-chan error) {
	out, failed := make(chan row, rd.ahead), make(chan error, 1)
	go func() {
		defer close(out)
		for after := 0; ; {
			page, err := rd.next(ctx, after)
			if err != nil || len(page) == 0 {
				failed <- err
				return
			}
			for _, r := range page {
				out <- r // want `nobody receives from out any more`
			}
			after += len(page)
		}
	}()
	return out, failed
}

func (rd *reader) copyTo(ctx context.Context, write func(string) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out, failed := rd.rows(ctx)
	for r := range out {
		if err := write(r.text); err != nil {
			return err
		}
	}
	return <-failed
}

// A constant buffer, and a function that sends.
func numbers[T any](in []T, keep func(T) bool) <-chan int {
	out := make(chan int, 8)
	go func() {
		defer close(out)
		for i := range in {
			if keep(in[i]) {
				emit(out, i)
			}
		}
	}()
	return out
}

func emit(out chan<- int, i int) {
	out <- i // want `nobody receives from out any more`
}

func below[T any](in []T, keep func(T) bool, limit int) (n int) {
	for i := range numbers(in, keep) {
		if i >= limit {
			return n
		}
		n++
	}
	return n
}
