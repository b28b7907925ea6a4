package program

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"
)

// A Graph is the control-flow graph of one function body, made to be asked
// what can follow what. It is built from syntax and types alone. Function
// literals inside the body are parts of the steps they stand in: they have
// graphs of their own.
type Graph struct {
	steps []Step  // block by block
	first []int   // of each block, the index of its first step
	succs [][]int // of each block, the blocks that can follow it
}

// A Step is a piece of syntax that runs without a branch: a statement that
// isn't a control statement, or an operand of one. Three kinds of nodes stand
// for only a part of themselves: an *[ast.RangeStmt] for the assignment of
// its variables at the start of an iteration, an *[ast.ForStmt] for the start
// of an iteration, and the communication of a select clause, which comes
// first in its clause, for that clause being chosen.
type Step struct {
	Node  ast.Node
	index int // in the graph's steps
	block int
}

// Graph returns the control-flow graph of a function body of the package.
func (p *Program) Graph(body *ast.BlockStmt) *Graph {
	return newGraph(cfg.New(body, func(call *ast.CallExpr) bool {
		return mayReturn(p.pass.TypesInfo, call, p.NoReturn)
	}))
}

// mayReturn reports whether a call can return, panics aside.
func mayReturn(info *types.Info, call *ast.CallExpr, never func(*types.Func) bool) bool {
	if builtin, ok := typeutil.Callee(info, call).(*types.Builtin); ok {
		return builtin.Name() != "panic"
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func) // of an interface, too: the table knows testing.TB
	return !ok || !never(fn)
}

func newGraph(c *cfg.CFG) *Graph {
	g := new(Graph)
	misplaced := misplacedNodes(c)
	for i, block := range c.Blocks {
		g.first = append(g.first, len(g.steps))
		if start := blockStart(block); start != nil {
			g.add(start, i)
		}
		for _, node := range block.Nodes {
			if !misplaced[node] {
				g.add(node, i)
			}
		}
		var succs []int
		for _, succ := range block.Succs {
			succs = append(succs, int(succ.Index))
		}
		g.succs = append(g.succs, succs)
	}
	return g
}

func (g *Graph) add(node ast.Node, block int) {
	g.steps = append(g.steps, Step{Node: node, index: len(g.steps), block: block})
}

// misplacedNodes returns the nodes that the stock graph evaluates elsewhere
// than they run: the communications of all select clauses before the choice,
// and the variables of a range statement before the loop. See blockStart.
func misplacedNodes(c *cfg.CFG) map[ast.Node]bool {
	found := make(map[ast.Node]bool)
	for _, block := range c.Blocks {
		switch stmt := block.Stmt.(type) {
		case *ast.CommClause:
			if stmt.Comm != nil {
				found[stmt.Comm] = true
			}
		case *ast.RangeStmt:
			if stmt.Key != nil {
				found[stmt.Key] = true
			}
			if stmt.Value != nil {
				found[stmt.Value] = true
			}
		}
	}
	return found
}

// blockStart returns the step with which a block begins although the stock
// graph has no node for it, or nil.
func blockStart(block *cfg.Block) ast.Node {
	switch block.Kind {
	case cfg.KindRangeBody, cfg.KindForBody:
		return block.Stmt
	case cfg.KindSelectCaseBody:
		if clause := block.Stmt.(*ast.CommClause); clause.Comm != nil {
			return clause.Comm
		}
	}
	return nil
}

// Find returns the step that evaluates a node of the body, or false for a
// node that no step holds, such as a control statement or dead code.
func (g *Graph) Find(n ast.Node) (Step, bool) {
	for _, step := range g.steps {
		if from, to := step.extent(); step.Node == n || from <= n.Pos() && n.End() <= to {
			return step, true
		}
	}
	return Step{}, false
}

// extent returns the part of the source that the step evaluates.
func (s Step) extent() (from, to token.Pos) {
	switch node := s.Node.(type) {
	case *ast.ForStmt:
		return token.NoPos, token.NoPos
	case *ast.RangeStmt:
		if node.Key == nil {
			return token.NoPos, token.NoPos
		}
		return node.Key.Pos(), node.TokPos
	}
	return s.Node.Pos(), s.Node.End()
}

// Search visits the steps that can run after the given one, each once, in
// the order of a depth-first walk. A path ends behind a step for which visit
// returns false. The given step itself is visited when a loop leads back.
func (g *Graph) Search(from Step, visit func(Step) (goOn bool)) {
	if !g.run(from.index+1, from.block, visit) {
		return
	}
	seen := make([]bool, len(g.succs))
	stack := append([]int(nil), g.succs[from.block]...)
	for len(stack) > 0 {
		block := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[block] {
			continue
		}
		seen[block] = true
		if g.run(g.first[block], block, visit) {
			stack = append(stack, g.succs[block]...)
		}
	}
}

// run visits the steps of a block from the given one on, and reports whether
// the path goes on behind the block.
func (g *Graph) run(index, block int, visit func(Step) bool) bool {
	for ; index < len(g.steps) && g.steps[index].block == block; index++ {
		if !visit(g.steps[index]) {
			return false
		}
	}
	return true
}

// Reaches reports whether some path leads from one step to another without
// passing a step that stops it. A step reaches itself through a loop only.
func (g *Graph) Reaches(from, to Step, stops func(Step) bool) bool {
	found := false
	g.Search(from, func(s Step) bool {
		found = found || s.index == to.index
		return !found && !stops(s)
	})
	return found
}

// Inspect walks the syntax that the step evaluates, as [ast.Inspect] does.
// The bodies of function literals aren't evaluated.
func (s Step) Inspect(visit func(ast.Node) bool) {
	var roots []ast.Node
	switch node := s.Node.(type) {
	case *ast.ForStmt:
	case *ast.RangeStmt:
		for _, e := range []ast.Expr{node.Key, node.Value} {
			if e != nil {
				roots = append(roots, e)
			}
		}
	default:
		roots = append(roots, node)
	}
	for _, root := range roots {
		ast.Inspect(root, func(n ast.Node) bool {
			if lit, ok := n.(*ast.FuncLit); ok {
				visit(lit)
				return false
			}
			return visit(n)
		})
	}
}

// Avoids reports whether some path from the start of the body leads to one
// step without passing another.
func (g *Graph) Avoids(avoided, to Step) bool {
	if len(g.steps) == 0 || avoided.index == to.index {
		return false
	}
	start := Step{index: -1, block: 0}
	return g.Reaches(start, to, func(s Step) bool { return s.index == avoided.index })
}
