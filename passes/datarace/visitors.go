package datarace

import (
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// visitors names those who may make a use at the same time as themselves, on
// one variable; "" if nothing says that there are several:
//
//   - the goroutines that a loop starts;
//   - for a package-level variable, goroutines that a method starts, one for each object;
//   - for a field, goroutines that a method starts each time that it puts something
//     into a map of the object;
//   - handlers;
//   - callers of a method of an object that counts its users with atomics, or of which
//     a comment says that it is safe for concurrent use; and of RoundTrip.
//
// They come to one variable where the object itself has it. What the object
// points to may have been taken from it, and be one visitor's own.
func (l *late) visitors(use sharing.MapUse) string {
	if isPointedTo(use.At) {
		return ""
	}
	switch use.Entry.Kind {
	case sharing.Handler:
		if outlivesRequest(use) || ofReceiver(use) {
			return "requests"
		}
	case sharing.Goroutine:
		if l.startedInLoop(use) || l.startedForEach(use) {
			return "goroutines"
		}
	case sharing.Exported:
		if ofReceiver(use) && !beginsWork(use.Entry.Fn.Name()) && l.isForMany(use.Entry.Fn) {
			return "callers of " + use.Entry.Fn.Name()
		}
	}
	return ""
}

// isPointedTo reports whether a variable is reached by way of a pointer in a
// field, or is an element of something.
func isPointedTo(at *sharing.Place) bool {
	for at = at.Parent; at != nil && at.Parent != nil; at = at.Parent {
		if at.Field == nil || sharing.IsReference(at.Field.Type()) {
			return true
		}
	}
	return false
}

// outlivesRequest reports whether a use is of something that was there before
// the handler ran: a package-level variable, or one of the function around it.
func outlivesRequest(use sharing.MapUse) bool {
	base := use.At.Base()
	if _, global := base.(*ssa.Global); global {
		return true
	}
	for around := use.Entry.Fn.Parent(); around != nil; around = around.Parent() {
		if base.Parent() == around {
			return true
		}
	}
	return false
}

// ofReceiver reports whether a use is of a field of the receiver of its entry,
// for a goroutine of the method that starts it.
func ofReceiver(use sharing.MapUse) bool {
	fn := use.Entry.Fn
	return fn.Signature.Recv() != nil && use.At.Base() == ssa.Value(fn.Params[0])
}

func (l *late) startedInLoop(use sharing.MapUse) bool {
	for _, pair := range l.evidence.Pairs(use.Entry.Fn) {
		if pair.Spawn == use.Entry.Spawn && pair.Other == pair.Spawn && pair.First.Access == use.Access && pair.With.Access == use.Access {
			return true
		}
	}
	return false
}

// startedForEach reports whether the method that starts the goroutine is called
// for one thing after the other, and waits for none of them.
func (l *late) startedForEach(use sharing.MapUse) bool {
	fn := use.Entry.Fn
	if fn.Signature.Recv() == nil || beginsWork(fn.Name()) && ofReceiver(use) || !l.evidence.Outlives(use.Entry.Spawn) {
		return false
	}
	if _, global := use.At.Base().(*ssa.Global); global {
		return l.pass.Pkg.Name() != "main" && ast.IsExported(fn.Name()) && !startsProgram(fn.Name())
	}
	return ofReceiver(use) && l.putsIntoMap(fn)
}

// startsProgram reports whether a method of the name is one by which a program
// starts a part of itself, of which it has one mostly.
func startsProgram(name string) bool {
	switch model.FirstWord(name) {
	case "start", "run", "serve", "listen":
		return true
	}
	return false
}

// putsIntoMap reports whether a method adds something to a map of its object.
func (l *late) putsIntoMap(fn *ssa.Function) bool {
	object := l.evidence.PlaceOf(fn.Params[0])
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if put, ok := instr.(*ssa.MapUpdate); ok && l.evidence.PlaceOf(put.Map).Parent == object {
			found = true
		}
	})
	return found
}

// beginsWork reports whether a method of the name is called before others come:
// it starts what they use, or says how it is to be.
func beginsWork(name string) bool {
	switch model.FirstWord(name) {
	case "init", "initialize", "open", "connect", "setup", "configure", "set", "with", "register", "unmarshal":
		return true
	}
	return startsProgram(name) || model.EndsWork(name)
}

// isForMany reports whether a method is of an object that several goroutines
// share.
func (l *late) isForMany(method *ssa.Function) bool {
	return isRoundTrip(method) || l.evidence.SaysShared(method) || l.evidence.CountsUsers(method)
}

// isRoundTrip reports whether a method is that of an http.RoundTripper, which
// must be safe for concurrent use.
func isRoundTrip(fn *ssa.Function) bool {
	sig := fn.Signature
	return fn.Name() == "RoundTrip" && sig.Params().Len() == 1 && sig.Results().Len() == 2 &&
		model.TypeKey(sig.Params().At(0).Type()) == "net/http.Request" && model.TypeKey(sig.Results().At(0).Type()) == "net/http.Response"
}
