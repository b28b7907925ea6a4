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

// A finder looks for peers as long as the process runs: its goroutine has no
// way out, and what it asks sends the answers.
type finder struct {
	seen map[string]bool
	from source
}

func newFinder(from source) *finder {
	f := &finder{seen: make(map[string]bool), from: from}
	go f.run()
	return f
}

func (f *finder) run() {
	peers := make(chan string, 8)
	ask := time.After(0)
	for {
		select {
		case peer := <-peers:
			f.seen[peer] = true
		case <-ask:
			ask = time.After(time.Minute)
			go func() {
				if peer, err := f.from.Fetch(context.Background()); err == nil {
					peers <- peer
				}
			}()
		}
	}
}

// A gatherer has no way out either, and its library answers when it likes.
type gatherer struct{ all []string }

func newGatherer(query func(chan<- string) error) *gatherer {
	g := new(gatherer)
	go g.run(query)
	return g
}

func (g *gatherer) run(query func(chan<- string) error) {
	hosts := make(chan string, 32)
	poll := time.After(0)
	var quiet <-chan time.Time
	for {
		select {
		case h := <-hosts:
			g.all = append(g.all, h)
			quiet = time.After(time.Second)
		case <-quiet:
			g.all = nil
		case <-poll:
			poll = time.After(time.Minute)
			go g.poll(query, hosts)
		}
	}
}

func (g *gatherer) poll(query func(chan<- string) error, hosts chan string) { _ = query(hosts) }
