package base

import "sync"

// Seize takes a lock that it knows as an interface, and Yield gives it back.
func Seize(l sync.Locker) { l.Lock() }
func Yield(l sync.Locker) { l.Unlock() }
