package model

import (
	"go/types"
	"strings"
)

// A LockOp is what a method does to the lock that is its receiver.
type LockOp int

// The operations of mutexes and read-write mutexes.
const (
	NoLockOp LockOp = iota
	Acquire
	AcquireShared
	TryAcquire
	TryAcquireShared
	Release
	ReleaseShared
)

// lockMethods names the operations of sync.Locker, sync.Mutex and
// sync.RWMutex, which every other lock of the ecosystem copies.
var lockMethods = map[string]LockOp{
	"Lock":     Acquire,
	"RLock":    AcquireShared,
	"TryLock":  TryAcquire,
	"TryRLock": TryAcquireShared,
	"Unlock":   Release,
	"RUnlock":  ReleaseShared,
}

// LockOperation returns what a method does to its receiver as a lock. Any
// method of one of sync's names without parameters counts, whatever its
// type: a lock that detects deadlocks, an interface, a wrapper.
func LockOperation(fn *types.Func) LockOp {
	if fn == nil || fn.Signature().Recv() == nil || fn.Signature().Params().Len() != 0 {
		return NoLockOp
	}
	return lockMethods[fn.Name()]
}

// GuardsUnseen reports whether fn may begin a critical section of a kind that
// isn't followed: a semaphore's Acquire, a lock whose methods take
// parameters, an atomic compare-and-swap.
func GuardsUnseen(fn *types.Func) bool {
	name := fn.Name()
	switch {
	case fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic":
		return strings.HasPrefix(name, "CompareAndSwap") || strings.HasPrefix(name, "Swap")
	case fn.Signature().Params().Len() != 0:
		return strings.Contains(name, "Acquire") || lockMethods[name] == Acquire || lockMethods[name] == AcquireShared
	}
	return strings.Contains(name, "Acquire")
}

// GivenBackBy returns the name of the method that gives back what a method
// took, if that is a lock with a key, a semaphore, or anything else that goes
// by their names: Lock(key) and Unlock(key), Acquire(ctx, n) and Release(n).
// Locks without parameters are those of [LockOperation].
func GivenBackBy(fn *types.Func) string {
	if fn == nil || fn.Signature().Recv() == nil || LockOperation(fn) != NoLockOp {
		return ""
	}
	return givers[fn.Name()]
}

var givers = map[string]string{
	"Lock": "Unlock", "lock": "unlock",
	"RLock": "RUnlock", "rlock": "runlock",
	"TryLock": "Unlock", "tryLock": "unlock",
	"Acquire": "Release", "acquire": "release",
	"TryAcquire": "Release", "tryAcquire": "release",
}
