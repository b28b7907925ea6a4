package loopcapture

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A sharing is a variable that a site shares with the loop, and where the
// loop sets it again.
type sharing struct {
	use
	how manner
	set ast.Node // what sets the variable for a later iteration
}

// A manner is how a variable comes to be shared by the iterations.
type manner int

const (
	byLanguage manner = iota // it is the loop's own, and the file's language makes one for all iterations
	byHead                   // the loop's head assigns to a variable from outside
	byBody                   // the body does
	byCopy                   // the goroutine changes the loop's own, which the loop copies for the next iteration
)

// shared reports whether a loop may set a variable again before the site's
// function has used it: whether a path leads from the site to an assignment
// in one of the loops around it that neither makes a new variable on the way
// nor waits for the goroutine. It is a may analysis over paths that agree with
// themselves about flags; a wait counts whatever it waits for, unless it is
// seen to wait for something else.
func (n *nest) shared(s site, u use) (sharing, bool) {
	if u.v.Pkg() == nil || !n.mayChange(u.v) {
		return sharing{}, false
	}
	from, ok := n.flow().Find(s.stmt.Node())
	if !ok {
		return sharing{}, false // dead code
	}
	var found []sharing
	n.flow().SearchFlags(n.info, n.body(), from, func(step program.Step) bool {
		if s.waitsFor() && n.joins(step, u) {
			return false
		}
		effect := n.effect(step.Node, u.v)
		if effect == sets && n.loopOf(s, step.Node) != nil {
			found = append(found, sharing{use: u, how: n.manner(step.Node, u.v), set: step.Node})
		}
		return effect != renews
	})
	if len(found) == 0 {
		return n.copied(s, u)
	}
	first := slices.MinFunc(found, func(a, b sharing) int {
		return cmp.Or(cmp.Compare(a.how, b.how), cmp.Compare(a.set.Pos(), b.set.Pos()))
	})
	return first, n.matters(s, first)
}

// mayChange is a sieve: the nest sets the variable somewhere.
func (n *nest) mayChange(v *types.Var) bool {
	found := false
	ast.Inspect(n.loop.Node(), func(node ast.Node) bool {
		for _, set := range match.Assignments(node) {
			id, ok := ast.Unparen(set.Left).(*ast.Ident)
			found = found || ok && n.info.ObjectOf(id) == v
		}
		return !found
	})
	return found
}

// An effect is what a step does to a variable.
type effect int

const (
	leaves effect = iota
	sets
	renews // from here on the name means a new variable
)

// effect returns what a step of the graph does to a variable. The head of a
// loop that declares it makes a new one per iteration, or sets the one, by
// the file's language.
func (n *nest) effect(node ast.Node, v *types.Var) effect {
	switch node := node.(type) {
	case *ast.RangeStmt:
		if node.Tok == token.DEFINE && match.Declares(n.info, node, v) {
			return n.perIteration()
		}
	case *ast.ForStmt:
		if node.Init != nil && match.Declares(n.info, node.Init, v) && !n.old {
			return renews
		}
		return leaves
	default:
		if match.Declares(n.info, node, v) {
			return renews
		}
		if loop := n.loopOfPost(node); loop != nil && match.Declares(n.info, loop.Init, v) && !n.old {
			return renews // the copy comes first (language specification, For statements)
		}
	}
	for _, set := range match.Assignments(node) {
		if id, ok := ast.Unparen(set.Left).(*ast.Ident); ok && n.info.ObjectOf(id) == v {
			return sets
		}
	}
	return leaves
}

func (n *nest) perIteration() effect {
	if n.old {
		return sets
	}
	return renews
}

// loopOfPost returns the loop of which a node is the post statement, or nil.
func (n *nest) loopOfPost(node ast.Node) *ast.ForStmt {
	for cur := range n.loop.Preorder((*ast.ForStmt)(nil)) {
		if loop := cur.Node().(*ast.ForStmt); loop.Post != nil && loop.Post == node && loop.Init != nil {
			return loop
		}
	}
	return nil
}

// loopOf returns the innermost loop around the site that holds the node, its
// head included.
func (n *nest) loopOf(s site, node ast.Node) ast.Stmt {
	for loop := range s.stmt.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)) {
		if !within(n.loop.Node(), loop.Node().Pos()) {
			return nil
		}
		if within(loop.Node(), node.Pos()) {
			return loop.Node().(ast.Stmt)
		}
	}
	return nil
}

// manner returns how a variable is shared that a node sets.
func (n *nest) manner(set ast.Node, v *types.Var) manner {
	if loop, ok := set.(*ast.RangeStmt); ok {
		if loop.Tok == token.DEFINE {
			return byLanguage
		}
		return byHead
	}
	if loop := n.loopOfPost(set); loop != nil {
		if match.Declares(n.info, loop.Init, v) {
			return byLanguage
		}
		return byHead
	}
	return byBody
}

// copied reports whether a goroutine changes a variable that a three-clause
// loop declares, while the loop copies it for the next iteration.
//
//	for i := 0; i < n; i++ {
//		go func() { i++; … }()
//	}
func (n *nest) copied(s site, u use) (sharing, bool) {
	if s.kind != goroutine || n.old || u.in == nil || !n.changes(u) {
		return sharing{}, false
	}
	from, _ := n.flow().Find(s.stmt.Node())
	found := sharing{use: u, how: byCopy}
	n.flow().Search(from, func(step program.Step) bool {
		if n.joins(step, u) || found.set != nil {
			return false
		}
		if loop := n.loopOfPost(step.Node); loop != nil && match.Declares(n.info, loop.Init, u.v) {
			found.set = loop.Post
		}
		return true
	})
	return found, found.set != nil
}

// changes reports whether the literal of a use sets the variable.
func (n *nest) changes(u use) bool {
	found := false
	ast.Inspect(u.in.Body, func(node ast.Node) bool {
		for _, set := range match.Assignments(node) {
			found = found || match.LocalVar(n.info, set.Left) == u.v
		}
		return !found
	})
	return found
}
