// What setters set before something starts.

package methods

import (
	"errors"
	"sync"
	"time"
)

// What is set before the start.
type Poller struct {
	every time.Duration
	log   func(string)
	ended chan struct{}
	stop  chan struct{}
	once  sync.Once
}

func (p *Poller) SetInterval(d time.Duration) { p.every = d }

// Configure comes before Start, too.
func (p *Poller) Configure(c *Settings) error {
	if c == nil {
		return errors.New("no settings")
	}
	p.every = c.Every
	return nil
}

type Settings struct{ Every time.Duration }

func (p *Poller) SetLog(log func(string)) { p.log = log }

func (p *Poller) Start() {
	p.stop, p.ended = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(p.ended)
		for {
			select {
			case <-time.After(p.every):
				p.log("tick")
			case <-p.stop:
				return
			}
		}
	}()
}

// A limit is set before the first call of Go; none is a limit too.
type Limited struct {
	wg  sync.WaitGroup
	sem chan struct{}
}

func NewLimited() *Limited { return new(Limited) }

func (l *Limited) SetLimit(n int) {
	if n < 0 {
		l.sem = nil
		return
	}
	l.sem = make(chan struct{}, n)
}

func (l *Limited) Go(f func()) {
	if l.sem != nil {
		l.sem <- struct{}{}
	}
	l.wg.Add(1)
	go func() {
		defer func() {
			if l.sem != nil {
				<-l.sem
			}
			l.wg.Done()
		}()
		f()
	}()
}

func (l *Limited) Wait() { l.wg.Wait() }

// Keeper ends what is old. How often, is set before it is used.
type Keeper struct {
	mu    sync.Mutex
	every time.Duration
	held  map[string]time.Time
	runs  bool
}

func NewKeeper() *Keeper { return &Keeper{every: time.Minute, held: make(map[string]time.Time)} }

func (k *Keeper) SetEvery(d time.Duration) *Keeper {
	if d <= 0 {
		d = 24 * time.Hour
	}
	k.every = d
	return k
}

func (k *Keeper) Hold(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held[name] = time.Now()
	if !k.runs {
		k.runs = true
		time.AfterFunc(k.every, k.sweep)
	}
}

func (k *Keeper) sweep() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for name, since := range k.held {
		if time.Since(since) > k.every {
			delete(k.held, name)
		}
	}
	if k.runs = len(k.held) > 0; k.runs {
		time.AfterFunc(k.every, k.sweep)
	}
}

// Follower is told where to begin before it starts; while it runs, it sets
// that itself.
type Follower struct {
	from  int64
	label string
	quit  chan struct{}
	done  chan struct{}
}

func NewFollower() *Follower {
	return &Follower{quit: make(chan struct{}), done: make(chan struct{})}
}

func (f *Follower) SetFrom(t time.Time) { f.from = t.UnixMilli() }

func (f *Follower) SetLabel() { f.label = time.Now().String() }

func (f *Follower) Start() { go f.loop() }

func (f *Follower) loop() {
	defer close(f.done)
	f.SetFrom(time.Now())
	for len(f.label) > 0 {
		select {
		case <-f.quit:
			return
		case <-time.After(time.Second):
		}
	}
}

func (f *Follower) Stop() {
	close(f.quit)
	<-f.done
}
