package bad

import "sync/atomic"

type settings struct{ level int }

type live struct {
	current atomic.Value
}

func (l *live) share() func() *settings {
	current := l.current // want `l.current is copied here: what others store in it doesn't reach the copy`
	return func() *settings { return current.Load().(*settings) }
}

func watch(v atomic.Value) any { return v.Load() }

func (l *live) watch() any {
	return watch(l.current) // want `l.current is copied here`
}

func fork(l *live) *live {
	return &live{current: l.current} // want `l.current is copied here`
}
