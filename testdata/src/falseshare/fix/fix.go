// Package fix holds what can be mended.
package fix

import "sync/atomic"

type meter struct {
	in  atomic.Int64
	out atomic.Int64 // want `out shares a cache line with in`
}

func (m *meter) run(in, out <-chan int) {
	go func() {
		for n := range in {
			m.in.Add(int64(n))
		}
	}()
	go func() {
		for n := range out {
			m.out.Add(int64(n))
		}
	}()
}
