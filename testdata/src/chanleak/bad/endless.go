package bad

import (
	"context"
	"fmt"
	"time"
)

type conn interface {
	Ping(ctx context.Context) error
	Login(ctx context.Context) error
	Close() error
}

// A session keeps its connection alive until it is closed.
type session struct {
	conn
	quit chan struct{}
	done chan struct{}
}

// open forgets the goroutine when nobody may log in.
func open(ctx context.Context, dial func(context.Context) (conn, error), every time.Duration) (*session, error) {
	c, err := dial(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{conn: c, quit: make(chan struct{}), done: make(chan struct{})}
	go s.keepAlive(every)
	if err := c.Login(ctx); err != nil {
		c.Close()
		return nil, fmt.Errorf("login: %w", err)
	}
	return s, nil
}

func (s *session) keepAlive(every time.Duration) {
	defer close(s.done)
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select { // want `after the return at endless.go:\d+, no case of this select but the timer's is ever ready: the goroutine started at endless.go:\d+ runs for ever`
		case <-s.quit:
			return
		case <-t.C:
			_ = s.Ping(context.Background())
		}
	}
}

func (s *session) Close() error {
	close(s.quit)
	<-s.done
	return s.conn.Close()
}
