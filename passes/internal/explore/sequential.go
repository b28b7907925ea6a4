package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A function that starts no goroutine can still close a channel twice, send
// on a closed one, take a lock twice or count a WaitGroup below zero. With one
// goroutine there is one schedule, so a small budget shows it.

// sequential lists the entries for functions that do at least two things to
// channels, locks or WaitGroups that can go wrong after one another, and that
// are exported or called nowhere in the package.
func sequential(pkg *ssa.Package, funcs []*ssa.Function, spawns, called map[*ssa.Function]bool) []*Entry {
	uses := make(map[*ssa.Function]usage)
	for _, fn := range funcs {
		uses[fn] = usageOf(fn)
	}
	var list []*Entry
	instantiated := origins(funcs)
	for _, fn := range funcs {
		if fn.Parent() != nil || fn.Blocks == nil || spawns[fn] || called[fn] && !isExported(fn) || isTest(fn) || instantiated[fn] {
			continue
		}
		if total(fn, uses, make(map[*ssa.Function]bool)).mayFail() {
			list = append(list, &Entry{Name: fn.RelString(pkg.Pkg), Func: fn, Kind: Sequential, library: true})
		}
	}
	return list
}

// A usage counts the places where something can go wrong when it comes after
// something else of its kind.
type usage struct{ closes, sends, locks, counts int }

func (u usage) mayFail() bool {
	return u.closes > 1 || u.closes > 0 && u.sends > 0 || u.locks > 1 || u.counts > 1
}

func (u usage) plus(v usage) usage {
	return usage{u.closes + v.closes, u.sends + v.sends, u.locks + v.locks, u.counts + v.counts}
}

// total adds up what a function and those that it uses do.
func total(fn *ssa.Function, uses map[*ssa.Function]usage, seen map[*ssa.Function]bool) usage {
	if seen[fn] {
		return usage{}
	}
	seen[fn] = true
	sum := uses[fn]
	for _, used := range append(usedFunctions(fn), formattingMethods(fn)...) {
		if _, own := uses[used]; own {
			sum = sum.plus(total(used, uses, seen))
		}
	}
	return sum
}

// formattingMethods returns the methods by which package fmt asks the values
// that a function puts into interfaces for their text.
func formattingMethods(fn *ssa.Function) []*ssa.Function {
	var list []*ssa.Function
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			made, ok := instr.(*ssa.MakeInterface)
			if !ok || fn.Pkg == nil {
				continue
			}
			for _, name := range []string{"Error", "String"} {
				if sel := fn.Prog.MethodSets.MethodSet(made.X.Type()).Lookup(fn.Pkg.Pkg, name); sel != nil {
					list = append(list, fn.Prog.MethodValue(sel))
				}
			}
		}
	}
	return list
}

func usageOf(fn *ssa.Function) usage {
	var u usage
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if _, ok := instr.(*ssa.Send); ok {
				u.sends++
			}
		}
	}
	eachCall(fn, func(c *ssa.CallCommon) {
		if program.Builtin(c) == "close" {
			u.closes++
			return
		}
		callee := c.StaticCallee()
		if callee == nil {
			return
		}
		obj, _ := callee.Object().(*types.Func)
		switch model.Key(obj) {
		case "(sync.Mutex).Lock", "(sync.RWMutex).Lock", "(sync.RWMutex).RLock":
			u.locks++
		case "(sync.WaitGroup).Done", "(sync.WaitGroup).Add":
			u.counts++
		}
	})
	return u
}

// ofOneGoroutine reports whether one goroutine alone shows that a mistake is
// one: others can't have helped.
func (k Kind) ofOneGoroutine() bool {
	switch k {
	case KindSendClosed, KindDoubleClose, KindCloseNil, KindNegative, KindUnlock, KindRelock, KindOnce:
		return true
	}
	return false
}
