package good

import (
	"context"
	"time"
)

type source interface {
	Fetch(ctx context.Context) (string, error)
}

// A mirror stops its goroutine on the way out, too.
type mirror struct {
	from source
	last string
	quit chan struct{}
	done chan struct{}
}

func newMirror(ctx context.Context, from source) (*mirror, error) {
	m := &mirror{from: from, quit: make(chan struct{}), done: make(chan struct{})}
	go m.refresh()
	if _, err := from.Fetch(ctx); err != nil {
		m.stop()
		return nil, err
	}
	return m, nil
}

func (m *mirror) refresh() {
	defer close(m.done)
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-m.quit:
			return
		case <-t.C:
			m.last, _ = m.from.Fetch(context.Background())
		}
	}
}

func (m *mirror) stop() {
	close(m.quit)
	<-m.done
}

// watch ends by the time, or by the first failure.
func watch(from source, patience time.Duration) error {
	quit := make(chan struct{})
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		deadline := time.After(patience)
		for {
			select {
			case <-quit:
				return
			case <-deadline:
				return
			case <-t.C:
				if _, err := from.Fetch(context.Background()); err != nil {
					return
				}
			}
		}
	}()
	if _, err := from.Fetch(context.Background()); err != nil {
		return err
	}
	close(quit)
	return nil
}

// The context ends it.
func follow(ctx context.Context, from source) error {
	quit := make(chan struct{})
	go func() {
		for {
			select {
			case <-quit:
				return
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
				_, _ = from.Fetch(ctx)
			}
		}
	}()
	if _, err := from.Fetch(ctx); err != nil {
		return err
	}
	close(quit)
	return nil
}
