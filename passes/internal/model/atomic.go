package model

import (
	"go/types"
	"strings"
)

// An AtomicOp is what a function of sync/atomic does to the variable whose
// address is its first argument.
type AtomicOp int

// The operations of package sync/atomic.
const (
	NoAtomic AtomicOp = iota
	AtomicLoad
	AtomicStore
	AtomicUpdate // reads and writes: Add, And, Or, Swap, CompareAndSwap
)

// AtomicOperation returns what a function, not a method, of sync/atomic does.
func AtomicOperation(fn *types.Func) AtomicOp {
	if fn.Pkg() == nil || fn.Pkg().Path() != "sync/atomic" || fn.Signature().Recv() != nil {
		return NoAtomic
	}
	switch {
	case strings.HasPrefix(fn.Name(), "Load"):
		return AtomicLoad
	case strings.HasPrefix(fn.Name(), "Store"):
		return AtomicStore
	}
	return AtomicUpdate
}

// uncheckedAtomics are atomic types without a marker that go vet's copylocks
// knows. Those of go.uber.org/atomic have one against comparison alone.
var uncheckedAtomics = map[string]bool{
	"sync/atomic.Value":           true,
	"go.uber.org/atomic.Bool":     true,
	"go.uber.org/atomic.Duration": true,
	"go.uber.org/atomic.Error":    true,
	"go.uber.org/atomic.Float32":  true,
	"go.uber.org/atomic.Float64":  true,
	"go.uber.org/atomic.Int32":    true,
	"go.uber.org/atomic.Int64":    true,
	"go.uber.org/atomic.Pointer":  true,
	"go.uber.org/atomic.String":   true,
	"go.uber.org/atomic.Time":     true,
	"go.uber.org/atomic.Uint32":   true,
	"go.uber.org/atomic.Uint64":   true,
	"go.uber.org/atomic.Value":    true,
}

// UncheckedAtomic reports whether the type of the key must not be copied once
// it was used, although go vet lets it.
func UncheckedAtomic(key string) bool { return uncheckedAtomics[key] }

// AtomicStep returns what a function or method does in one step to an atomic
// variable, which is its first argument or its receiver.
func AtomicStep(fn *types.Func) AtomicOp {
	if fn.Pkg() == nil {
		return NoAtomic
	}
	if fn.Signature().Recv() == nil {
		return AtomicOperation(fn)
	}
	if path := fn.Pkg().Path(); path != "sync/atomic" && path != "go.uber.org/atomic" {
		return NoAtomic
	}
	switch fn.Name() {
	case "Load":
		return AtomicLoad
	case "Store":
		return AtomicStore
	}
	return AtomicUpdate
}
