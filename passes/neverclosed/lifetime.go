package neverclosed

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// ends reports whether what the instruction does stops some day: its
// function can return from there, and so can whoever runs it, up to the
// owner.
func (r *runs) ends(instr ssa.Instruction, owner *ssa.Function) bool {
	return r.endsFrom(instr, owner, make(map[*ssa.Function]bool))
}

func (r *runs) endsFrom(instr ssa.Instruction, owner *ssa.Function, active map[*ssa.Function]bool) bool {
	fn := instr.Parent()
	if !canReturn(instr.Block()) {
		return false
	}
	if fn == owner {
		return true
	}
	if active[fn] {
		return true // a recursive call asks for nothing new
	}
	sites := r.sites[fn]
	if !r.known[fn] || len(sites) == 0 {
		return false
	}
	active[fn] = true
	for _, site := range sites {
		if !r.endsFrom(site, owner, active) {
			return false
		}
	}
	return true
}

// canReturn reports whether a return is reachable from the block.
func canReturn(from *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	stack := []*ssa.BasicBlock{from}
	for len(stack) > 0 {
		block := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[block] {
			continue
		}
		seen[block] = true
		if isReturn(block) {
			return true
		}
		stack = append(stack, block.Succs...)
	}
	return false
}

// once reports whether a function runs at most a few times in the life of a
// process: main, init, tests, and what only these call.
func (r *runs) once(fn *ssa.Function) bool { return r.onceFrom(fn, make(map[*ssa.Function]bool)) }

func (r *runs) onceFrom(fn *ssa.Function, active map[*ssa.Function]bool) bool {
	if isRoot(fn) {
		return true
	}
	sites := r.sites[fn]
	if fn.Parent() == nil && !r.known[fn] || len(sites) == 0 || active[fn] {
		return false
	}
	active[fn] = true
	for _, site := range sites {
		if !r.onceFrom(site.Parent(), active) {
			return false
		}
	}
	return true
}

func isRoot(fn *ssa.Function) bool {
	if fn.Signature.Recv() != nil || fn.Parent() != nil {
		return false
	}
	if fn.Name() == "init" || fn.Name() == "main" && fn.Pkg.Pkg.Name() == "main" {
		return true
	}
	for param := range fn.Signature.Params().Variables() {
		switch model.TypeKey(param.Type()) {
		case "testing.T", "testing.B", "testing.M", "testing.F":
			return true
		}
	}
	return false
}

// blocks reports whether the owner waits for fn to return: fn is the owner
// or runs on its goroutine.
func (r *runs) blocks(fn, owner *ssa.Function) bool {
	return r.blocksFrom(fn, owner, make(map[*ssa.Function]bool))
}

func (r *runs) blocksFrom(fn, owner *ssa.Function, active map[*ssa.Function]bool) bool {
	if fn == owner {
		return true
	}
	if active[fn] {
		return false
	}
	active[fn] = true
	for _, site := range r.sites[fn] {
		if !spawns(site) && r.blocksFrom(site.Parent(), owner, active) {
			return true
		}
	}
	return false
}
