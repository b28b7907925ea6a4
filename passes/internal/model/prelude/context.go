package prelude

// Context is context.Context as far as the models use it.
type Context interface {
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

type contextError struct{ text string }

func (e *contextError) Error() string { return e.text }

var canceledError, deadlineError contextError

//model:var context.Canceled
func canceled() error { return &canceledError }

//model:var context.DeadlineExceeded
func deadlineExceeded() error { return &deadlineError }

type emptyContext struct{ word int }

func (*emptyContext) Done() <-chan struct{}      { return nil }
func (*emptyContext) Err() error                 { return nil }
func (*emptyContext) Value(key any) any          { return nil }
func (*emptyContext) Deadline() (d int, ok bool) { return 0, false }

var background emptyContext

//model:func context.Background
//model:func context.TODO
func backgroundContext() Context { return &background }

// A cancelContext is what WithCancel and its relatives return.
type cancelContext struct {
	parent   Context
	done     chan struct{}
	err      error
	cause    error
	children []*cancelContext
	timed    bool
}

func (c *cancelContext) Done() <-chan struct{} { return c.done }
func (c *cancelContext) Value(key any) any     { return c.parent.Value(key) }

// Err asks the channel, since that is an operation that others can come before
// and after.
func (c *cancelContext) Err() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}

func (c *cancelContext) Deadline() (d int, ok bool) { return unknown(), c.timed }

// cancel decides who comes first, says why and closes the channel in one step,
// as the real one does under its lock.
func (c *cancelContext) cancel(err, cause error) {
	if c.err != nil || !shut(c.done) {
		return
	}
	c.err, c.cause = err, cause
	children := c.children
	c.children = nil
	for _, child := range children {
		child.cancel(err, cause)
	}
}

func derive(parent Context) *cancelContext {
	c := &cancelContext{parent: parent, done: make(chan struct{})}
	switch p := ancestor(parent).(type) {
	case *cancelContext:
		if p.err != nil {
			c.cancel(p.err, p.cause)
		} else {
			p.children = append(p.children, c)
		}
	case *emptyContext:
	case afterFuncer:
		p.AfterFunc(func() { c.cancel(parent.Err(), cause(parent)) })
	default:
		c.watch(parent)
	}
	return c
}

// An afterFuncer calls a function on a goroutine of its own when it is done
// (context/context.go).
type afterFuncer interface{ AfterFunc(f func()) func() bool }

// ancestor returns the nearest context that can be cancelled or is empty.
func ancestor(c Context) Context {
	for {
		v, ok := c.(*valueContext)
		if !ok {
			return c
		}
		c = v.parent
	}
}

// watch passes on the end of a context that the models didn't make.
func (c *cancelContext) watch(parent Context) {
	done := parent.Done()
	daemon(func() {
		select {
		case <-done:
			c.cancel(parent.Err(), nil)
		case <-c.done:
		}
	})
}

//model:func context.WithCancel
func withCancel(parent Context) (Context, func()) {
	c := derive(parent)
	return c, func() { c.cancel(canceled(), nil) }
}

//model:func context.WithCancelCause
func withCancelCause(parent Context) (Context, func(error)) {
	c := derive(parent)
	return c, func(cause error) { c.cancel(canceled(), cause) }
}

//model:func context.WithTimeout
func withTimeout(parent Context, d int64) (Context, func()) {
	c := derive(parent)
	c.timed = true
	daemon(func() {
		sleep(d)
		c.cancel(deadlineExceeded(), nil)
	})
	return c, func() { c.cancel(canceled(), nil) }
}

//model:func context.WithTimeoutCause
func withTimeoutCause(parent Context, d int64, cause error) (Context, func()) {
	return withTimeout(parent, d)
}

//model:func context.WithDeadline
func withDeadline(parent Context, t any) (Context, func()) {
	return withTimeout(parent, int64(unknown()))
}

//model:func context.WithDeadlineCause
func withDeadlineCause(parent Context, t any, cause error) (Context, func()) {
	return withTimeout(parent, int64(unknown()))
}

//model:func context.Cause
func cause(c Context) error {
	if p, ok := ancestor(c).(*cancelContext); ok {
		if p.cause != nil {
			return p.cause
		}
		return p.err
	}
	return c.Err()
}

type valueContext struct {
	parent     Context
	key, value any
}

func (c *valueContext) Done() <-chan struct{}      { return c.parent.Done() }
func (c *valueContext) Err() error                 { return c.parent.Err() }
func (c *valueContext) Deadline() (d int, ok bool) { return unknown(), isTrue() }

func (c *valueContext) Value(key any) any {
	if c.key == key {
		return c.value
	}
	return c.parent.Value(key)
}

//model:func context.WithValue
func withValue(parent Context, key, value any) Context { return &valueContext{parent, key, value} }

type detachedContext struct{ parent Context }

func (c *detachedContext) Done() <-chan struct{}      { return nil }
func (c *detachedContext) Err() error                 { return nil }
func (c *detachedContext) Deadline() (d int, ok bool) { return 0, false }
func (c *detachedContext) Value(key any) any          { return c.parent.Value(key) }

//model:func context.WithoutCancel
func withoutCancel(parent Context) Context { return &valueContext{parent: &background} }

//model:func context.AfterFunc
func contextAfterFunc(c Context, f func()) func() bool {
	if p, ok := c.(afterFuncer); ok {
		return p.AfterFunc(f)
	}
	stop := make(chan struct{}) // closed by who comes first
	done := c.Done()
	daemon(func() {
		select {
		case <-done:
			if shut(stop) {
				go f()
			}
		case <-stop:
		}
	})
	return func() bool { return shut(stop) }
}

//model:func os/signal.NotifyContext
func notifyContext(parent Context, signals ...any) (Context, func()) {
	c := derive(parent)
	keep(c)
	foreign(c.done)
	return c, func() { c.cancel(canceled(), nil) }
}

//model:func os/signal.Notify
func notify(ch any, signals ...any) { foreign(ch) }
