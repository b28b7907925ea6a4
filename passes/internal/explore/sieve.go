package explore

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// hasConcurrency reports whether a package can have an entry: it holds a go
// statement, a channel, an import of a package that synchronises or spawns,
// a handler or a parallel test. All others are never turned into SSA.
func hasConcurrency(pass *analysis.Pass) bool {
	for _, imported := range pass.Pkg.Imports() {
		switch imported.Path() {
		case "sync", "sync/atomic", "context", "net/http", "golang.org/x/sync/errgroup":
			return true
		}
	}
	for _, file := range pass.Files {
		if holdsConcurrency(file) {
			return true
		}
	}
	return false
}

func holdsConcurrency(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.ChanType, *ast.SelectStmt, *ast.SendStmt:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.SelectorExpr:
			found = found || n.Sel.Name == "Parallel" || n.Sel.Name == "AfterFunc"
		}
		return !found
	})
	return found
}

// Entries lists the functions that exploration starts from: main, tests,
// benchmarks and examples, then functions from which a go statement is
// reachable and that are exported or called nowhere in the package. (Others
// are reached from these, with the locks that their callers hold.)
func Entries(pkg *ssa.Package, funcs []*ssa.Function) []*Entry {
	spawns := spawners(funcs)
	called, instantiated := calledFunctions(funcs), origins(funcs)
	values := sync.OnceValue(func() map[types.Object]bool { return methodValues(funcs) })
	var first, second []*Entry
	for _, fn := range funcs {
		if fn.Parent() != nil || fn.Blocks == nil || instantiated[fn] {
			continue
		}
		switch {
		case fn.Name() == "main" && pkg.Pkg.Name() == "main" && fn.Signature.Recv() == nil:
			if spawns[fn] {
				first = append(first, &Entry{Name: "main", Func: fn, Kind: Main})
			}
		case isTest(fn):
			if spawns[fn] || usesParallel(fn) {
				first = append(first, &Entry{Name: fn.Name(), Func: fn, Kind: Test})
			}
		case spawns[fn] && (isExported(fn) || !called[fn]):
			second = append(second, &Entry{Name: fn.RelString(pkg.Pkg), Func: fn, Kind: Spawn, library: true, value: !isExported(fn) && values()[fn.Object()]})
		}
	}
	return append(slices.Concat(first, second), sequential(pkg, funcs, spawns, called)...)
}

// origins returns the generic functions that have instances, which are
// explored in their place. An instance that generic code makes with its own
// type parameters is none.
func origins(funcs []*ssa.Function) map[*ssa.Function]bool {
	found := make(map[*ssa.Function]bool)
	for _, fn := range funcs {
		if origin := fn.Origin(); origin != nil && origin != fn && !slices.ContainsFunc(fn.TypeArgs(), isTypeParam) {
			found[origin] = true
		}
	}
	return found
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

func isExported(fn *ssa.Function) bool {
	obj := fn.Object()
	return obj != nil && obj.Exported()
}

// isTest reports whether go test would run the function.
func isTest(fn *ssa.Function) bool {
	if fn.Signature.Recv() != nil {
		return false
	}
	params := fn.Signature.Params()
	if strings.HasPrefix(fn.Name(), "Example") {
		return params.Len() == 0
	}
	if params.Len() != 1 {
		return false
	}
	switch types.TypeString(params.At(0).Type(), nil) {
	case "*testing.T":
		return strings.HasPrefix(fn.Name(), "Test")
	case "*testing.B":
		return strings.HasPrefix(fn.Name(), "Benchmark")
	}
	return false
}

func usesParallel(fn *ssa.Function) bool {
	found := false
	eachCall(fn, func(c *ssa.CallCommon) {
		if callee := c.StaticCallee(); callee != nil && callee.Name() == "Parallel" {
			found = true
		}
	})
	return found || slices.ContainsFunc(fn.AnonFuncs, usesParallel)
}

// spawners returns the functions from which a go statement, or a library
// call that starts a goroutine, is reachable by static calls, function
// literals, and functions used as values.
func spawners(funcs []*ssa.Function) map[*ssa.Function]bool {
	spawns := make(map[*ssa.Function]bool)
	for _, fn := range funcs {
		spawns[fn] = spawnsItself(fn)
	}
	for changed := true; changed; {
		changed = false
		for _, fn := range funcs {
			if spawns[fn] {
				continue
			}
			for _, used := range usedFunctions(fn) {
				if spawns[used] || spawns[used.Origin()] {
					spawns[fn], changed = true, true
					break
				}
			}
		}
	}
	return spawns
}

func spawnsItself(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Blocks, startsIn)
}

// startsIn reports whether a block starts a goroutine, itself or by a call of a
// library.
func startsIn(b *ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
		if _, ok := instr.(*ssa.Go); ok {
			return true
		}
		c, ok := instr.(ssa.CallInstruction)
		return ok && spawnsByLibrary(c.Common().StaticCallee())
	})
}

// spawnsByLibrary reports whether a library function runs an argument on
// another goroutine.
func spawnsByLibrary(fn *ssa.Function) bool {
	if fn == nil || fn.Blocks != nil {
		return false
	}
	object, ok := fn.Object().(*types.Func)
	return ok && model.Spawns(object) >= 0
}

func eachCall(fn *ssa.Function, do func(*ssa.CallCommon)) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(ssa.CallInstruction); ok {
				do(c.Common())
			}
		}
	}
}

// usedFunctions lists the functions that fn calls, makes or mentions.
func usedFunctions(fn *ssa.Function) []*ssa.Function {
	var used []*ssa.Function
	var operands [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			for _, v := range instr.Operands(operands[:0]) {
				if callee, ok := (*v).(*ssa.Function); ok {
					used = append(used, callee)
				}
			}
		}
	}
	return used
}

// calledFunctions returns the functions that others of the package use.
func calledFunctions(funcs []*ssa.Function) map[*ssa.Function]bool {
	called := make(map[*ssa.Function]bool)
	for _, fn := range funcs {
		for _, used := range usedFunctions(fn) {
			if used != fn {
				called[used] = true
				if o := used.Origin(); o != nil {
					called[o] = true
				}
			}
		}
	}
	return called
}
