package sharing

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A Kind says who calls an entry and from where.
type Kind int

// The kinds of entries.
const (
	Unknown    Kind = iota // called through values or interfaces, under locks that aren't seen
	Sequential             // main, init and tests: called by nobody else
	Exported               // by anybody, from any goroutine, with nothing locked
	Handler                // by a server, once per request, on goroutines that run at the same time
	Goroutine              // by a spawn
)

// An Entry is a function at which the package is entered, or a goroutine
// that starts in it.
type Entry struct {
	Fn    *ssa.Function // for a goroutine, the function that starts it
	Kind  Kind
	Spawn *Spawn // the goroutine
	Test  bool   // in a test file
}

// Entries returns the entries of the package in source order.
func (e *Evidence) Entries() []Entry {
	var list []Entry
	for _, fn := range e.funcs {
		test := e.isTest(fn)
		if kind, ok := e.calledAs(fn, test); ok {
			list = append(list, Entry{Fn: fn, Kind: kind, Test: test})
		}
		for _, step := range e.builder.footprint(fn).Steps {
			for _, spawn := range step.Spawns {
				if spawn.Site == spawn.Instr && !spawn.Parallel && !e.builder.awaited(spawn) {
					list = append(list, Entry{Fn: fn, Kind: Goroutine, Spawn: spawn, Test: test})
				}
			}
		}
	}
	return list
}

func (e *Evidence) isTest(fn *ssa.Function) bool {
	return match.InTestFile(e.pass.Fset, fn.Pos())
}

// calledAs returns how a function is entered. Those that only functions of
// this package call, all of them known, are no entries.
func (e *Evidence) calledAs(fn *ssa.Function, test bool) (Kind, bool) {
	escapes := e.calls.escapes[fn]
	switch {
	case fn.Parent() != nil:
		if escapes && !test && match.Handler(fn.Signature) && !e.withinHandler(fn.Parent()) {
			return Handler, true
		}
		return Unknown, escapes
	case isSequential(fn, test):
		return Sequential, true
	case test:
		return Unknown, escapes || ast.IsExported(fn.Name())
	case match.Handler(fn.Signature) && (escapes || ast.IsExported(fn.Name())):
		return Handler, !e.internalMethod(fn)
	case escapes || e.wantsLock(fn) || isSorting(fn) || e.isEncoding(fn) || e.calledBack()[fn]:
		return Unknown, true
	case ast.IsExported(fn.Name()):
		return Exported, !e.internalMethod(fn)
	}
	return Unknown, fn.Signature.Recv() != nil && len(e.calls.callers[fn]) == 0 && !e.calls.invoked[fn]
}

// isInit reports whether the function is an init function, or the one that
// sets package-level variables.
func isInit(fn *ssa.Function) bool {
	return fn.Signature.Recv() == nil && (fn.Name() == "init" || strings.HasPrefix(fn.Name(), "init#"))
}

// withinHandler reports whether the function or one around it is a handler:
// what is declared in one belongs to one request.
func (e *Evidence) withinHandler(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if match.Handler(fn.Signature) {
			return true
		}
	}
	return false
}

// internalMethod reports whether an exported method of an unexported type is
// called in this package: its callers then say what is locked.
func (e *Evidence) internalMethod(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil || len(e.calls.callers[fn]) == 0 {
		return false
	}
	named := model.ReceiverNamed(recv.Type())
	return named != nil && !named.Obj().Exported()
}

// isSorting reports whether the function is a method by which package sort
// and heaps see a list: whoever sorts it knows what is locked.
func isSorting(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil || fn.Name() != "Len" && fn.Name() != "Less" && fn.Name() != "Swap" {
		return false
	}
	for _, name := range []string{"Len", "Less", "Swap"} {
		method, _, _ := types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg.Pkg, name)
		if _, ok := method.(*types.Func); !ok {
			return false
		}
	}
	return true
}

// isEncoding reports whether the function is a method by which encoders see an
// object, of a type that the package itself gives to them: who does so knows
// what is locked.
func (e *Evidence) isEncoding(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil || !strings.HasPrefix(fn.Name(), "Marshal") && !strings.HasPrefix(fn.Name(), "Unmarshal") {
		return false
	}
	named := model.ReceiverNamed(recv.Type())
	return named != nil && e.calls.encoded[named.Origin().Obj()]
}

// isSequential reports whether the runtime or package testing calls the
// function, one after the other and before anything else of the package runs.
func isSequential(fn *ssa.Function, test bool) bool {
	name := fn.Name()
	if fn.Signature.Recv() != nil {
		return false
	}
	if isInit(fn) || name == "main" && fn.Pkg.Pkg.Name() == "main" {
		return true
	}
	for _, prefix := range []string{"Test", "Benchmark", "Example", "Fuzz"} {
		if test && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
