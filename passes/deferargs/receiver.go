package deferargs

import (
	"go/ast"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// copiedTooEarly returns the changes that a deferred method with a value
// receiver doesn't see, since its receiver was copied at the defer statement:
// changes of the fields that the method reads, made here or by methods of
// the package that are called here. Methods of other packages are unknown.
func (d *deferral) copiedTooEarly(c capture, methods *methods) []change {
	read := methods.reads(d.method)
	var missed []change
	for _, ch := range d.fn.changes {
		if d.changedFields(ch, c, methods).overlaps(read) && d.fn.follows(d.step, ch) && !d.fn.precedes(ch, d.step) {
			missed = append(missed, ch)
		}
	}
	return missed
}

// changedFields returns the fields of a copied receiver that a change sets.
func (d *deferral) changedFields(ch change, c capture, methods *methods) fieldSet {
	switch {
	case ch.loc.root != c.loc.root || ch.how == declared || ch.how == filled:
		return fieldSet{}
	case ch.how == called:
		if len(ch.loc.fields) == len(c.loc.fields) && ch.loc.covers(c.loc) {
			return methods.sets(ch.method)
		}
		return fieldSet{}
	case ch.loc.covers(c.loc):
		return fieldSet{all: true}
	case c.loc.covers(ch.loc):
		return fieldSet{some: map[*types.Var]bool{ch.loc.fields[len(c.loc.fields)]: true}}
	}
	return fieldSet{}
}

// A fieldSet is a set of fields of one struct type.
type fieldSet struct {
	all  bool // the value itself, with all its fields
	some map[*types.Var]bool
}

func (s fieldSet) isEmpty() bool { return !s.all && len(s.some) == 0 }

func (s fieldSet) overlaps(t fieldSet) bool {
	if s.isEmpty() || t.isEmpty() {
		return false
	}
	for field := range s.some {
		if t.some[field] {
			return true
		}
	}
	return s.all || t.all
}

// methods knows what the methods of the package do with their receivers.
type methods struct {
	info  *types.Info
	decls map[*types.Func]*ast.FuncDecl
}

func newMethods(info *types.Info, files []*ast.File) *methods {
	m := &methods{info: info, decls: make(map[*types.Func]*ast.FuncDecl)}
	for _, file := range files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Recv != nil && decl.Body != nil {
				if fn, ok := info.Defs[decl.Name].(*types.Func); ok {
					m.decls[fn] = decl
				}
			}
		}
	}
	return m
}

// receiver returns the body of a method of the package and its receiver, or
// nil.
func (m *methods) receiver(fn *types.Func) (*ast.BlockStmt, *types.Var) {
	if fn == nil {
		return nil, nil
	}
	decl := m.decls[fn.Origin()]
	if decl == nil || len(decl.Recv.List[0].Names) == 0 {
		return nil, nil
	}
	recv, _ := m.info.Defs[decl.Recv.List[0].Names[0]].(*types.Var)
	return decl.Body, recv
}

// reads returns the fields that a method reads of its receiver: all, as soon
// as the receiver is used other than for one of its fields.
func (m *methods) reads(fn *types.Func) fieldSet {
	body, recv := m.receiver(fn)
	if recv == nil {
		return fieldSet{}
	}
	read := fieldSet{some: make(map[*types.Var]bool)}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			selection := m.info.Selections[n]
			if match.LocalVar(m.info, n.X) == recv && selection != nil && selection.Kind() == types.FieldVal && len(selection.Index()) == 1 {
				read.some[selection.Obj().(*types.Var)] = true
				return false
			}
		case *ast.Ident:
			read.all = read.all || m.info.Uses[n] == recv
		}
		return true
	})
	return read
}

// sets returns the fields that a method sets of its receiver, as far as its
// own body shows.
func (m *methods) sets(fn *types.Func) fieldSet {
	body, recv := m.receiver(fn)
	if recv == nil {
		return fieldSet{}
	}
	set := fieldSet{some: make(map[*types.Var]bool)}
	ast.Inspect(body, func(n ast.Node) bool {
		for _, assignment := range match.Assignments(n) {
			if loc, ok := locate(m.info, assignment.Left); ok && loc.root == recv && len(loc.fields) > 0 {
				set.some[loc.fields[0]] = true
			}
		}
		return true
	})
	return set
}
