package hotpointer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// listWalks reports loops over singly linked lists that a slice could stand
// for:
//
//	for n := s.head; n != nil; n = n.next { … }
//
// where nodes of the type are only ever pushed at an end of a list, popped
// from its head, and walked. What splices, sorts or shares nodes is a list
// for a reason.
func (j *judge) listWalks(region hotness.Region) []report.Finding {
	var found []report.Finding
	region.Inspect(func(n ast.Node, _ []ast.Node) bool {
		if loop, ok := n.(*ast.ForStmt); ok {
			if step, node := j.step(loop); step != nil && j.isPlainList(node) {
				found = append(found, j.listFinding(region, step, node))
			}
		}
		return true
	})
	return found
}

func (j *judge) listFinding(region hotness.Region, step ast.Expr, node *types.Named) report.Finding {
	related := region.Why.Related()
	if declared, ok := j.declared(node); ok {
		related = append(related, declared)
	}
	return report.Finding{
		Range:   step,
		Subject: node.Obj(),
		Message: fmt.Sprintf("%s steps through a list of %d-byte nodes on a hot path: one allocation per node, a load to wait for per step",
			edit.Print(j.pass.Fset, step), j.pass.TypesSizes.Sizeof(node)),
		Related: related,
	}
}

// step returns the n.next of a loop that runs while n != nil, and the type of
// what n points to.
func (j *judge) step(loop *ast.ForStmt) (ast.Expr, *types.Named) {
	cond, ok := loop.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.NEQ || !j.pass.TypesInfo.Types[cond.Y].IsNil() {
		return nil, nil
	}
	n := match.LocalVar(j.pass.TypesInfo, cond.X)
	if n == nil {
		return nil, nil
	}
	node, ok := types.Unalias(pointee(n.Type())).(*types.Named)
	if !ok || node.Obj().Pkg() != j.pass.Pkg {
		return nil, nil
	}
	candidates := append([]ast.Stmt{loop.Post}, loop.Body.List...)
	for _, stmt := range candidates {
		for _, set := range match.Assignments(stmt) {
			next, ok := set.Right.(*ast.SelectorExpr)
			if ok && match.LocalVar(j.pass.TypesInfo, set.Left) == n && match.LocalVar(j.pass.TypesInfo, next.X) == n {
				return next, node
			}
		}
	}
	return nil, nil
}

// isPlainList reports whether the type is that of small list nodes which the
// package only pushes, pops and walks.
func (j *judge) isPlainList(node *types.Named) bool {
	word := j.pass.TypesSizes.Sizeof(types.Typ[types.Uintptr])
	if !concrete(node) || !match.Copyable(node, j.pass.Pkg) || j.pass.TypesSizes.Sizeof(node) > (valueWords+1)*word {
		return false
	}
	l := &list{node: node, link: linkOf(node)}
	if l.link < 0 {
		return false
	}
	o := &obligations{pass: j.pass, wanted: []*types.TypeName{node.Obj()}, reasons: make(map[*types.TypeName]string)}
	if o.api(); o.reasons[node.Obj()] != "" {
		return false
	}
	functions := j.prog.Functions()
	if init := j.prog.Package().Func("init"); init != nil {
		functions = append(functions, init)
	}
	for _, fn := range functions {
		if !l.plainIn(fn) {
			return false
		}
	}
	return true
}

// linkOf returns the index of the only field by which a node can reach others
// of its kind, or -1.
func linkOf(node *types.Named) int {
	fields, ok := node.Underlying().(*types.Struct)
	if !ok {
		return -1
	}
	link := -1
	for i := range fields.NumFields() {
		t := fields.Field(i).Type()
		if !(reach{hidden: true}).find(t, func(part types.Type) bool { return types.Identical(part, node) }) {
			continue
		}
		if link >= 0 || !pointsTo(t, node) {
			return -1
		}
		link = i
	}
	return link
}

// A list judges what a package does with nodes of one type.
type list struct {
	node *types.Named
	link int // the field that points to the next
}

func (l *list) plainIn(fn *ssa.Function) bool {
	for _, param := range fn.Params {
		if l.mentions(param.Type()) {
			return false
		}
	}
	for _, free := range fn.FreeVars {
		if l.mentions(free.Type()) {
			return false
		}
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if !l.plain(instr) {
				return false
			}
		}
	}
	return true
}

// mentions reports whether a value of the type is, or directly holds, nodes.
func (l *list) mentions(t types.Type) bool {
	return reach{hidden: true}.find(t, func(part types.Type) bool { return types.Identical(part, l.node) })
}

// plain reports whether an instruction does with nodes only what a slice can
// stand in for.
func (l *list) plain(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		return !l.isLink(instr.Type()) || onlyAccessed(instr)
	case *ssa.Phi:
		return !l.isLink(instr.Type())
	case *ssa.UnOp, *ssa.DebugRef, *ssa.Alloc:
		return true
	case *ssa.BinOp:
		return !pointsTo(instr.X.Type(), l.node) || isNil(instr.X) || isNil(instr.Y)
	case *ssa.Store:
		return !pointsTo(instr.Val.Type(), l.node) || l.plainStore(instr)
	}
	for _, operand := range instr.Operands(nil) {
		if *operand != nil && l.mentions((*operand).Type()) {
			return false
		}
	}
	return true
}

// isLink reports whether the type is that of addresses of links, which
// walks that unlink nodes hold.
func (l *list) isLink(t types.Type) bool {
	p := pointee(t)
	return p != nil && pointsTo(p, l.node)
}

// onlyAccessed reports whether an address is used for nothing but loads and
// stores.
func onlyAccessed(address ssa.Value) bool {
	for _, ref := range *address.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr != address {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// plainStore judges a pointer to a node that is stored somewhere:
//
//	x = &node{…}    x = nil         new, or none
//	x = x.next                      pop
//	n := &node{…}; n.next = x       push in front
func (l *list) plainStore(store *ssa.Store) bool {
	if isNil(store.Val) || l.isNew(store.Val) {
		return true
	}
	if to, ok := store.Addr.(*ssa.FieldAddr); ok && l.isNew(to.X) && to.Field == l.link {
		return l.pushes(to.X, store.Val)
	}
	from, ok := loadedFrom(store.Val).(*ssa.FieldAddr)
	if !ok || from.Field != l.link || !pointsTo(from.X.Type(), l.node) {
		return false
	}
	head := loadedFrom(from.X)
	return head != nil && samePlace(head, store.Addr)
}

// pushes reports whether the new node takes the place of the one it links to,
// so that the list has one head still.
func (l *list) pushes(node, old ssa.Value) bool {
	head := loadedFrom(old)
	if head == nil {
		_, loop := old.(*ssa.Phi)
		return loop || isNil(old) // a list in a local variable
	}
	for _, ref := range *node.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Val == node && !samePlace(store.Addr, head) {
			return false
		}
	}
	return true
}

func (l *list) isNew(v ssa.Value) bool {
	alloc, ok := v.(*ssa.Alloc)
	return ok && pointsTo(alloc.Type(), l.node) && !isVariable(alloc)
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// loadedFrom returns the address that the value was loaded from, or nil.
func loadedFrom(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return nil
}
