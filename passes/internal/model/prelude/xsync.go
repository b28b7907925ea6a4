package prelude

// Group models errgroup.Group.
//
//model:side golang.org/x/sync/errgroup.Group
type Group struct {
	wg     int // stands for a sync.WaitGroup
	sem    chan bool
	err    error
	cancel func()
	once   Once
}

type groupBox struct{ word int }

//model:func golang.org/x/sync/errgroup.WithContext
func groupWithContext(parent Context) (any, Context) {
	c := derive(parent)
	box := new(groupBox)
	g := stateOf(box, (*Group)(nil)).(*Group)
	g.cancel = func() { c.cancel(canceled(), nil) }
	return box, c
}

func (g *Group) Go(f func() error) {
	if g.sem != nil {
		g.sem <- true
	}
	g.start(f)
}

func (g *Group) start(f func() error) {
	wgAdd(&g.wg, 1)
	go func() {
		defer g.done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err //goconclint:ignore datarace wgWait, which the machine does itself, orders it
				if g.cancel != nil {
					g.cancel()
				}
			})
		}
	}()
}

func (g *Group) done() {
	if g.sem != nil {
		<-g.sem
	}
	wgAdd(&g.wg, -1)
}

func (g *Group) Wait() error {
	wgWait(&g.wg)
	if g.cancel != nil {
		g.cancel()
	}
	return g.err
}

func (g *Group) SetLimit(n int) {
	if n < 0 {
		g.sem = nil
		return
	}
	g.sem = make(chan bool, n)
}

func (g *Group) TryGo(f func() error) bool {
	if g.sem != nil {
		select {
		case g.sem <- true:
		default:
			return false
		}
	}
	g.start(f)
	return true
}

// Weighted models semaphore.Weighted.
//
//model:type golang.org/x/sync/semaphore.Weighted
type Weighted struct {
	size int
	cur  int
	free chan bool
}

//model:func golang.org/x/sync/semaphore.NewWeighted
func newWeighted(n int) *Weighted { return &Weighted{size: n, free: make(chan bool)} }

func (s *Weighted) Acquire(c Context, n int) error {
	for {
		point(s)
		if s.cur+n <= s.size {
			s.cur += n
			return nil
		}
		free := s.free
		select {
		case <-free:
		case <-c.Done():
			return c.Err()
		}
	}
}

func (s *Weighted) TryAcquire(n int) bool {
	point(s)
	if s.cur+n > s.size {
		return false
	}
	s.cur += n
	return true
}

func (s *Weighted) Release(n int) {
	point(s)
	s.cur -= n
	free := s.free
	s.free = make(chan bool)
	close(free)
}

// Flight models singleflight.Group.
//
//model:side golang.org/x/sync/singleflight.Group
type Flight struct{ calls map[string]*flightCall }

type flightCall struct {
	done   chan bool
	val    any
	err    error
	shared bool
}

func (g *Flight) Do(key string, f func() (any, error)) (any, error, bool) {
	point(g)
	if c, ok := g.calls[key]; ok {
		c.shared = true
		<-c.done
		return c.val, c.err, true
	}
	if g.calls == nil {
		g.calls = make(map[string]*flightCall)
	}
	c := &flightCall{done: make(chan bool)}
	g.calls[key] = c
	defer func() {
		point(g)
		delete(g.calls, key)
		close(c.done)
	}()
	c.val, c.err = f()
	return c.val, c.err, c.shared
}

// A flightResult has the shape of singleflight.Result.
type flightResult struct {
	val    any
	err    error
	shared bool
}

func (g *Flight) DoChan(key string, f func() (any, error)) chan flightResult {
	ch := make(chan flightResult, 1)
	go func() {
		v, err, shared := g.Do(key, f)
		ch <- flightResult{v, err, shared}
	}()
	return ch
}

func (g *Flight) Forget(key string) {
	point(g)
	delete(g.calls, key)
}

// Workers models groups that start functions and wait for them.
//
//model:side github.com/sourcegraph/conc.WaitGroup
//model:side k8s.io/apimachinery/pkg/util/wait.Group
type Workers struct{ wg int }

func (w *Workers) Go(f func()) {
	wgAdd(&w.wg, 1)
	go func() {
		defer wgAdd(&w.wg, -1)
		f()
	}()
}

func (w *Workers) Start(f func()) { w.Go(f) }
func (w *Workers) Wait()          { wgWait(&w.wg) }
