package chanleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A waiting is a receive that has no alternative, of one who has left the
// channel at a desk.
type waiting struct {
	receive *ssa.UnOp
	lost    bool // the channel goes where it isn't followed
	given   bool // it is returned
}

// waitsAt returns a receive of one who has left a channel at the desk, nil if
// there is none that is certain.
func (r *roads) waitsAt(d *desk) *ssa.UnOp {
	if d.channel != nil {
		for _, receive := range r.of(d.channel).receives {
			if op, ok := receive.(*ssa.UnOp); ok && !op.CommaOk && !d.lookedUp[op.Parent()] {
				return op
			}
		}
		return nil
	}
	for _, leaving := range d.left {
		if made := origin(leaving.value); made != nil {
			if receive := r.waitsFor(made); receive != nil {
				return receive
			}
		}
	}
	return nil
}

// waitsFor returns the receive from a channel where the function waits that
// makes it, or one that it returns the channel to; nil if anything else is done
// to the channel but to leave it in a map.
func (r *roads) waitsFor(made *ssa.MakeChan) *ssa.UnOp {
	w := &waiting{}
	w.follow(made)
	if w.given {
		for _, site := range r.evidence.CallSites(made.Parent()) {
			call, ok := site.(*ssa.Call)
			if !ok {
				return nil
			}
			for i := range call.Call.Signature().Results().Len() {
				if result := program.Result(call, i); result != nil && match.IsChan(result.Type()) {
					w.follow(result)
				}
			}
		}
	}
	if w.lost {
		return nil
	}
	return w.receive
}

// follow goes through the uses of a value that is the channel.
func (w *waiting) follow(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.MapUpdate, *ssa.BinOp:
		case *ssa.ChangeType:
			w.follow(ref)
		case *ssa.MakeInterface:
			w.lost = w.lost || !onlyLeft(ref)
		case *ssa.Return:
			w.given = true
		case *ssa.UnOp:
			w.lost = w.lost || ref.CommaOk
			w.receive = ref
		case *ssa.Store:
			w.followVariable(ref, v)
		default:
			w.lost = true
		}
	}
}

// followVariable goes through the uses of a variable that holds the channel: one
// of the source, set once, or one of the function's results.
func (w *waiting) followVariable(set *ssa.Store, v ssa.Value) {
	variable, ok := set.Addr.(*ssa.Alloc)
	if !ok || set.Val != v {
		w.lost = true
		return
	}
	once := onlyStored(variable) == v
	for _, ref := range *variable.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.Store:
		case *ssa.UnOp:
			if once {
				w.follow(ref)
			} else {
				w.lost, w.given = w.lost || !onlyReturned(ref), true
			}
		default:
			w.lost = true
		}
	}
}

// onlyLeft reports whether nothing is done to a boxed channel but to leave it in
// a sync.Map.
func onlyLeft(boxed *ssa.MakeInterface) bool {
	return !slices.ContainsFunc(*boxed.Referrers(), func(ref ssa.Instruction) bool {
		if _, debug := ref.(*ssa.DebugRef); debug {
			return false
		}
		call, ok := ref.(*ssa.Call)
		return !ok || syncMapMethod(call.Common()) != "Store"
	})
}

func onlyReturned(v ssa.Value) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		_, ok := ref.(*ssa.Return)
		return !ok
	})
}
