package mapguard

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// Who publishes a map through an atomic pointer promises not to change it any
// more, since readers take no lock. A new version of the struct around it is
// made quickly, and shares the map:
//
//	old := s.current.Load()
//	next := &config{sites: old.sites}
//	next.sites[host] = site // reported
//	s.current.Store(next)
//
// The map is the published one if it comes from the result of Load over fields
// alone, or through a field of a new struct that is set once.

// A published is an access of a map that came out of an atomic variable.
type published struct {
	*sharing.Access
	load  *ssa.Call
	owner any          // the class of the atomic variable
	field *types.Var   // of the value in which the map is; nil if it is the value
	held  sharing.Held // by the function itself
}

// changesPublished finds writes to published maps that others read without a
// lock of the writer's.
func (j *judge) changesPublished() []report.Finding {
	var all []published
	for _, fn := range j.evidence.Functions() {
		all = append(all, j.publishedIn(fn)...)
	}
	var found []report.Finding
	for _, write := range all {
		if !write.Writes() || write.Expr == nil {
			continue
		}
		reads := slices.IndexFunc(all, func(other published) bool {
			return other.Expr != nil && other.Fn != write.Fn && other.owner == write.owner && other.field == write.field && !keptApart(write.held, other.held)
		})
		if reads >= 0 {
			found = append(found, j.changed(write, all[reads]))
		}
	}
	return found
}

func (j *judge) publishedIn(fn *ssa.Function) []published {
	var list []published
	for _, access := range j.evidence.AccessesIn(fn) {
		if access.Use == sharing.Returned || access.Use == sharing.Replaced {
			continue
		}
		load, field := loadedFrom(access.Value(), 4)
		if load == nil {
			continue
		}
		held := j.evidence.HeldAt(access.Instr)
		above, known := j.evidence.CalledUnder(fn)
		held.May = append(slices.Clone(held.May), above...)
		held.Unseen = held.Unseen || !known && len(j.evidence.Callers(fn)) > 0
		list = append(list, published{access, load, j.evidence.PlaceOf(load.Call.Args[0]).Class(), field, held})
	}
	return list
}

// keptApart reports whether two accesses may hold a lock of the same class.
func keptApart(a, b sharing.Held) bool {
	return a.Unseen || b.Unseen || slices.ContainsFunc(a.May, func(lock sharing.Lock) bool { return b.Maybe(lock.Class()) })
}

// loadedFrom returns the load of an atomic variable from which a map comes, and
// the field of the value in which it is.
func loadedFrom(v ssa.Value, depth int) (load *ssa.Call, field *types.Var) {
	if depth == 0 {
		return nil, nil
	}
	switch v := v.(type) {
	case *ssa.Call:
		fn := sharing.CalleeObject(&v.Call)
		if fn != nil && fn.Signature().Recv() != nil && !v.Call.IsInvoke() && model.AtomicStep(fn) == model.AtomicLoad {
			return v, nil
		}
	case *ssa.TypeAssert:
		return loadedFrom(v.X, depth-1)
	case *ssa.Extract:
		if asserted, ok := v.Tuple.(*ssa.TypeAssert); ok {
			return loadedFrom(asserted, depth)
		}
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return nil, nil
		}
		if at, ok := v.X.(*ssa.FieldAddr); ok {
			return loadedField(at, depth-1)
		}
		return loadedFrom(v.X, depth-1)
	}
	return nil, nil
}

// loadedField is loadedFrom for the value of a field.
func loadedField(at *ssa.FieldAddr, depth int) (load *ssa.Call, field *types.Var) {
	object := at.X
	if made, ok := object.(*ssa.Alloc); ok {
		value, isWhole := onlyValue(made, at.Field)
		if !isWhole {
			return loadedFrom(value, depth)
		}
		copied, ok := value.(*ssa.UnOp)
		if !ok || copied.Op != token.MUL {
			return nil, nil
		}
		object = copied.X
	}
	load, within := loadedFrom(object, depth)
	if load == nil || within != nil {
		return nil, nil
	}
	return load, match.Field(at.X.Type(), at.Field).Origin()
}

// onlyValue returns what a field of a new struct is set to, or the whole
// struct, nil if that isn't done exactly once.
func onlyValue(object *ssa.Alloc, field int) (value ssa.Value, isWhole bool) {
	var stores, whole []*ssa.Store
	for _, ref := range *object.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == object {
				whole = append(whole, ref)
			}
		case *ssa.FieldAddr:
			if ref.Field == field {
				stores = append(stores, storesTo(ref)...)
			}
		}
	}
	all := slices.Concat(stores, whole)
	if len(all) != 1 {
		return nil, false
	}
	return all[0].Val, len(whole) == 1
}

func storesTo(addr ssa.Value) []*ssa.Store {
	var stores []*ssa.Store
	for _, ref := range *addr.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == addr {
			stores = append(stores, store)
		}
	}
	return stores
}

func (j *judge) changed(write, read published) report.Finding {
	at := report.CallRange(j.evidence, write.load)
	return report.Finding{
		Range:   write.Expr,
		Subject: write.Access,
		Message: fmt.Sprintf("map %s is written here after it was published: %s may read it at %s without a lock (copy it first)",
			edit.Print(j.pass.Fset, write.Expr), read.Fn.Name(), j.place(read.Expr.Pos())),
		Related: []analysis.RelatedInformation{
			report.Here(at, "published before: loaded here"),
			report.Here(read.Expr, "read here"),
		},
	}
}
