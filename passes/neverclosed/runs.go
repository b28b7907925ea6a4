package neverclosed

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// runs knows from where the functions of a package run: its call graph seen
// from below, without calls through interfaces and unknown function values.
type runs struct {
	sites map[*ssa.Function][]ssa.CallInstruction // calls, go and defer statements; calls that are given the function
	known map[*ssa.Function]bool                  // all sites are seen

	closures  map[*ssa.Function]*ssa.MakeClosure // where a literal is made
	waitSites []ssa.CallInstruction              // calls of Wait
}

func findRuns(pkg *ssa.Package, funcs []*ssa.Function) *runs {
	r := &runs{sites: make(map[*ssa.Function][]ssa.CallInstruction), known: make(map[*ssa.Function]bool), closures: make(map[*ssa.Function]*ssa.MakeClosure)}
	for _, fn := range funcs {
		obj, _ := fn.Object().(*types.Func)
		r.known[fn] = obj == nil || !obj.Exported() || pkg.Pkg.Name() == "main" && obj.Signature().Recv() == nil
	}
	for _, fn := range funcs {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				r.read(instr)
			}
		}
	}
	return r
}

func (r *runs) read(instr ssa.Instruction) {
	var callee ssa.Value
	call, isCall := instr.(ssa.CallInstruction)
	if closure, ok := instr.(*ssa.MakeClosure); ok {
		r.closures[closure.Fn.(*ssa.Function)] = closure
	}
	if isCall {
		callee = call.Common().Value
		if obj := calledFunc(call.Common()); obj != nil && obj.Name() == "Wait" && obj.Signature().Recv() != nil {
			r.waitSites = append(r.waitSites, call)
		}
		if fn := call.Common().StaticCallee(); fn != nil {
			r.add(fn, call)
		}
	}
	for _, operand := range instr.Operands(nil) {
		fn := functionOf(*operand)
		if fn == nil || *operand == callee {
			continue
		}
		switch {
		case isCall && r.runsArgument(call):
			r.add(fn, call)
		case passesOn(instr):
		default:
			r.known[origin(fn)] = false
		}
	}
}

// passesOn reports whether the instruction only makes another form of the
// function, which is looked at where it is used.
func passesOn(instr ssa.Instruction) bool {
	switch instr.(type) {
	case *ssa.MakeClosure, *ssa.ChangeType, *ssa.DebugRef:
		return true
	}
	return false
}

func (r *runs) add(fn *ssa.Function, site ssa.CallInstruction) {
	fn = origin(fn)
	r.sites[fn] = append(r.sites[fn], site)
}

func origin(fn *ssa.Function) *ssa.Function {
	if generic := fn.Origin(); generic != nil {
		return generic
	}
	return fn
}

// functionOf returns the function that a value certainly is.
func functionOf(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.ChangeType:
		return functionOf(v.X)
	}
	return nil
}

// runsArgument reports whether the called function runs its argument, at
// once or on a goroutine that starts at once.
func (r *runs) runsArgument(call ssa.CallInstruction) bool {
	callee := call.Common().StaticCallee()
	if callee == nil {
		return false
	}
	obj, _ := callee.Object().(*types.Func)
	return obj != nil && (model.Spawns(obj) >= 0 || model.CallsSynchronously(obj))
}

// spawns reports whether the site runs its function on another goroutine.
func spawns(site ssa.CallInstruction) bool {
	if _, ok := site.(*ssa.Go); ok {
		return true
	}
	callee := site.Common().StaticCallee()
	if callee == nil {
		return false
	}
	obj, _ := callee.Object().(*types.Func)
	return obj != nil && model.Spawns(obj) >= 0
}

// spawned reports whether a function only runs as a goroutine of its own.
func (r *runs) spawned(fn *ssa.Function) bool {
	for _, site := range r.sites[fn] {
		if !spawns(site) {
			return false
		}
	}
	return r.known[fn] && len(r.sites[fn]) > 0
}

// leads reports whether what the site runs is the function or calls it.
func (r *runs) leads(site ssa.CallInstruction, fn *ssa.Function, active map[*ssa.Function]bool) bool {
	if active[fn] {
		return false
	}
	active[fn] = true
	for _, s := range r.sites[fn] {
		if s == site || !spawns(s) && s.Parent() != site.Parent() && r.leads(site, s.Parent(), active) {
			return true
		}
	}
	return false
}
