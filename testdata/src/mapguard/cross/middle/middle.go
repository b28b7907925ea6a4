// Package middle hands on what base does.
package middle

import (
	"sync"

	"fixtures/mapguard/cross/base"
)

// Safely runs do on a goroutine of its own that doesn't end the process.
func Safely(do func()) {
	base.Go(func() {
		defer func() { _ = recover() }()
		do()
	})
}

func Locked(mu *sync.Mutex, do func()) {
	mu.Lock()
	defer mu.Unlock()
	do()
}
