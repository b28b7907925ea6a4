package lockorder

import (
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// ofOneGoroutine reports whether one goroutine alone comes to both edges, of
// which an object has one: the constructor starts it.
//
//	func newPanel() *panel {
//		p := &panel{}
//		go p.run() // p.collect and p.commit, one after the other
//		return p
//	}
func (g *graph) ofOneGoroutine(e, f edge) bool {
	one := g.runner(e.at.Parent())
	return one != nil && one == g.runner(f.at.Parent())
}

// maxAbove is how far above a function its callers are asked.
const maxAbove = 4

// runner returns the function of the only goroutine that runs a function; nil
// if there may be others.
func (g *graph) runner(fn *ssa.Function) *ssa.Function {
	for range maxAbove {
		if fn.Parent() != nil || ast.IsExported(fn.Name()) {
			return nil
		}
		var sites []ssa.CallInstruction
		for _, site := range g.evidence.CallSites(fn) {
			if !match.InTestFile(g.pass.Fset, site.Pos()) {
				sites = append(sites, site)
			}
		}
		if len(sites) != 1 {
			return nil
		}
		if start, ok := sites[0].(*ssa.Go); ok {
			if g.startsOnce(start) {
				return fn
			}
			return nil
		}
		fn = sites[0].Parent()
	}
	return nil
}

// startsOnce reports whether a goroutine is started for an object that its
// function has just made.
func (g *graph) startsOnce(start *ssa.Go) bool {
	args := start.Call.Args
	if len(args) == 0 || sharing.Reaches(start, start) {
		return false
	}
	made, ok := g.evidence.PlaceOf(args[0]).Base().(*ssa.Alloc)
	return ok && made.Parent() == start.Parent()
}
