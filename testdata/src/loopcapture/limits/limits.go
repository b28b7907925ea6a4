// Package limits holds what loopcapture misses (FN) and what it reports
// although nothing is wrong (FP).
package limits

import (
	"log"
	"os"
	"sync/atomic"
	"time"
)

type pool struct{ jobs chan func() }

func (p *pool) submit(f func()) { p.jobs <- f }

// Who is handed a function calls it at once, for all that is known.
func FN_submitted(p *pool, paths []string) {
	var path string
	for _, path = range paths {
		p.submit(func() { os.Remove(path) })
	}
}

// A literal that is called on the spot, and starts a goroutine in its turn.
func FN_nested(paths []string) {
	var path string
	for _, path = range paths {
		func() {
			go func() { os.Remove(path) }()
		}()
	}
}

// Sleeping, or spinning on a flag, is no way to wait, but here it works.
func FP_spinning(paths []string) {
	var path string
	for _, path = range paths {
		var done atomic.Bool
		go func() {
			log.Println(path) // want `path is shared`
			done.Store(true)
		}()
		for !done.Load() {
			time.Sleep(time.Millisecond)
		}
	}
}
