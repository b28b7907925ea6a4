// Package guard runs functions under locks.
package guard

import "sync"

// With calls a function while it holds a lock.
func With(l sync.Locker, do func()) {
	l.Lock()
	defer l.Unlock()
	do()
}
