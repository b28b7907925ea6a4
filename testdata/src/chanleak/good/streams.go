package good

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"
)

// This file holds channels that one function makes, and another one leaves
// only when nothing more comes, or nobody minds.

type row struct {
	text string
	err  error
}

// rows ends behind an error.
func rows(r io.Reader) <-chan row {
	out := make(chan row)
	go func() {
		defer close(out)
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			out <- row{text: lines.Text()}
		}
		if err := lines.Err(); err != nil {
			out <- row{err: err}
		}
	}()
	return out
}

func all(r io.Reader) ([]string, error) {
	var texts []string
	for row := range rows(r) {
		if row.err != nil {
			return nil, row.err
		}
		texts = append(texts, row.text)
	}
	return texts, nil
}

// drained leaves nobody behind.
func drained(r io.Reader, word string) (found string) {
	lines := rows(r)
	for row := range lines {
		if strings.Contains(row.text, word) {
			found = row.text
			break
		}
	}
	for range lines {
	}
	return found
}

// stoppable has senders that give up with the context.
func stoppable(ctx context.Context, r io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			select {
			case out <- lines.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func firstWith(ctx context.Context, r io.Reader, word string) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for text := range stoppable(ctx, r) {
		if strings.Contains(text, word) {
			return text
		}
	}
	return ""
}

// seat has room for the answer, and place asks the host to forget it.
type seat struct {
	guests int
	table  chan int
	gone   chan struct{}
}

type host struct {
	asking chan *seat
	free   []int
}

func newHost(tables ...int) *host { return &host{asking: make(chan *seat), free: tables} }

func (h *host) Ask(ctx context.Context, guests int) (int, bool) {
	s := &seat{guests: guests, table: make(chan int, 1), gone: make(chan struct{})}
	h.asking <- s
	select {
	case table := <-s.table:
		return table, true
	case <-ctx.Done():
		return 0, false
	}
}

func (h *host) serve() {
	for s := range h.asking {
		if len(h.free) > 0 {
			s.table <- h.free[0]
		}
	}
}

// knock waits once more behind the timeout, and has its answer.
type knock struct {
	opened chan bool
	cancel chan struct{}
}

func (h *host) Knock(knocks chan<- *knock) bool {
	k := &knock{opened: make(chan bool), cancel: make(chan struct{})}
	knocks <- k
	select {
	case opened := <-k.opened:
		return opened
	case <-time.After(time.Second):
		close(k.cancel)
		return <-k.opened
	}
}

func answerKnocks(knocks <-chan *knock) {
	for k := range knocks {
		k.opened <- true
	}
}

// ahead has room for all that it sends.
func ahead(texts []string) <-chan string {
	out := make(chan string, len(texts))
	go func() {
		defer close(out)
		for _, text := range texts {
			out <- strings.TrimSpace(text)
		}
	}()
	return out
}

// three sends no more than three.
func three(load func(int) string) <-chan string {
	out := make(chan string, 4)
	go func() {
		defer close(out)
		for i := range 3 {
			out <- load(i)
		}
	}()
	return out
}

func firstOfAll(texts []string, load func(int) string) string {
	for text := range ahead(texts) {
		if text != "" {
			return text
		}
	}
	for text := range three(load) {
		if text != "" {
			return text
		}
	}
	return ""
}

// attend passes lines on until the one error, which is the last word of the
// goroutine that reads: it comes on a second channel of the same call.
func attend(r *bufio.Reader, handle func(string)) error {
	lines, failed := readLines(r)
	for {
		select {
		case err := <-failed:
			return err
		case line := <-lines:
			handle(line)
		}
	}
}

func readLines(r *bufio.Reader) (chan string, chan error) {
	lines := make(chan string)
	failed := make(chan error)
	go passLines(r, lines, failed)
	return lines, failed
}

func passLines(r *bufio.Reader, lines chan string, failed chan error) {
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			if errors.Is(err, io.EOF) {
				failed <- nil
				return
			}
			failed <- err
			return
		}
		lines <- line
	}
}
