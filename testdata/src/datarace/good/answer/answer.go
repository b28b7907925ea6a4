// Package answer sends a question and waits for what a reader hands it.
package answer

import (
	"context"
	"net"
	"sync"
	"time"
)

// A Question is answered once.
type Question struct {
	done chan struct{}
	once sync.Once
	text string
	err  error
}

// New makes a Question.
func New() *Question { return &Question{done: make(chan struct{})} }

// Over asks over a connection and waits.
func (q *Question) Over(ctx context.Context, conn net.Conn, tries int) (string, error) {
	return q.wait(ctx, tries, func() { go q.read(conn) })
}

func (q *Question) wait(ctx context.Context, tries int, ask func()) (string, error) {
	for range tries {
		ask()
		timer := time.NewTimer(time.Second)
		select {
		case <-q.done:
			timer.Stop()
			return q.text, q.err
		case <-timer.C:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", context.DeadlineExceeded
}

func (q *Question) read(conn net.Conn) {
	buf := make([]byte, 100)
	n, err := conn.Read(buf)
	q.complete(string(buf[:n]), err)
}

func (q *Question) complete(text string, err error) {
	q.once.Do(func() {
		q.text, q.err = text, err
		close(q.done)
	})
}
