package guardedby

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// onlyThrough reports whether a function runs only when the gate runs: it is
// the gate, or all who call it do.
func (j *judge) onlyThrough(fn, gate *ssa.Function, depth int) bool {
	if fn == gate {
		return true
	}
	callers := j.evidence.Callers(fn)
	if depth == 0 || len(callers) == 0 || fn.Parent() != nil || ast.IsExported(fn.Name()) {
		return false
	}
	return !slices.ContainsFunc(callers, func(caller *ssa.Function) bool { return !j.onlyThrough(caller, gate, depth-1) })
}

// looksFirst reports whether the writer takes the lock to read the variable,
// gives it back and takes it again to write: it reckons with others like it.
//
//	s.mu.Lock()
//	h := s.handle
//	s.mu.Unlock()
//	if h == nil {
//		s.mu.Lock()
//		s.handle = s.open()
//		s.mu.Unlock()
//	}
//	return s.handle.Name()
func (j *judge) looksFirst(h *habit, use, write sharing.MapUse) bool {
	if write.Fn != use.Fn || use.Entry.Kind == sharing.Goroutine {
		return false
	}
	sections := len(j.takenBefore(h, write))
	return slices.ContainsFunc(h.uses, func(look sharing.MapUse) bool {
		return look.Fn == use.Fn && look.Entry == use.Entry && !look.Writes() && len(j.takenBefore(h, look)) < sections
	})
}
