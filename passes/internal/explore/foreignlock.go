package explore

import (
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// Locks of other packages, behind an interface or with a body that isn't seen,
// are known by the names of their methods, as everywhere else:
//
//	type Mutex interface { Lock(); Unlock() }       // another package's
//
//	c.mu.Lock()

// foreignLock returns what a method of a type that isn't seen does to it as a
// lock, nil if it is none: a lock also gives back what it takes.
func foreignLock(method *types.Func) native {
	op := model.LockOperation(method)
	if op == model.NoLockOp {
		return nil
	}
	recv := method.Signature().Recv().Type()
	for _, name := range []string{"Lock", "Unlock"} {
		half, _, _ := types.LookupFieldOrMethod(recv, false, method.Pkg(), name)
		fn, ok := half.(*types.Func)
		if !ok || fn.Signature().Params().Len()+fn.Signature().Results().Len() != 0 {
			return nil
		}
	}
	switch recv.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return lockNative(op)
	}
	return nil
}

// lockNative returns an operation of a lock that may have readers: a mutex is
// one that has none.
func lockNative(op model.LockOp) native {
	switch op {
	case model.Acquire:
		return rwLock
	case model.AcquireShared:
		return rwRLock
	case model.TryAcquire:
		return mutexTryLock
	case model.TryAcquireShared:
		return rwTryRLock
	case model.ReleaseShared:
		return rwRUnlock
	}
	return mutexUnlock
}
