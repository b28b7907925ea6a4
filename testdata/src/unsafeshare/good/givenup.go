package good

import (
	"bufio"
	"context"
	"math/rand"
	"net"
)

// A Link to a server is closed when an answer isn't waited for any more.
type Link struct {
	conn net.Conn
	r    *bufio.Reader
	w    *bufio.Writer
	err  error
}

// Call waits for the answer as long as the context lets it.
func (l *Link) Call(ctx context.Context, line string) (answer string, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		answer, err = l.call(line)
	}()
	select {
	case <-ctx.Done():
		return "", l.fail(ctx.Err())
	case <-done:
		return answer, err
	}
}

func (l *Link) call(line string) (string, error) {
	if _, err := l.w.WriteString(line); err != nil {
		return "", err
	}
	return l.r.ReadString('\n')
}

// Flush sends what is left.
func (l *Link) Flush() error { return l.w.Flush() }

// Line reads what comes without a call.
func (l *Link) Line() (string, error) { return l.r.ReadString('\n') }

func (l *Link) fail(err error) error {
	l.err = err
	l.conn.Close()
	return err
}

// fill is the generator of those who make files, one after the other.
var fill = rand.New(rand.NewSource(1))

type noise struct{}

func (noise) Read(p []byte) (int, error) { return fill.Read(p) }
