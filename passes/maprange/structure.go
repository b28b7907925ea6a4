package maprange

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// structOp begins the operation that makes a struct; the names of its fields
// follow.
const structOp = "struct"

// composite returns the term of a struct that is written field by field, or
// of another literal.
func (r *reader) composite(lit *ast.CompositeLit) *term {
	s, ok := r.info.TypeOf(lit).Underlying().(*types.Struct)
	if !ok {
		return r.other(lit)
	}
	t := &term{op: structOp, args: make([]*term, s.NumFields())}
	for i := range s.NumFields() {
		t.op += " " + s.Field(i).Name()
		t.args[i] = &term{op: "const zero"}
	}
	for i, elt := range lit.Elts {
		pair, keyed := elt.(*ast.KeyValueExpr)
		if !keyed {
			t.args[i] = r.term(elt)
			continue
		}
		for j := range s.NumFields() {
			if r.info.Uses[pair.Key.(*ast.Ident)] == s.Field(j) {
				t.args[j] = r.term(pair.Value)
			}
		}
	}
	return t
}

// field returns the index of a field in a struct that is written out, or -1.
func (t *term) field(name string) int {
	names := strings.Fields(t.op)
	if len(names) == 0 || names[0] != structOp || len(names) != len(t.args)+1 {
		return -1
	}
	return slices.Index(names[1:], name)
}

// changesField reports whether a field of a struct that is written out leads
// elsewhere than to the key's own.
func (t *term) changesField() bool {
	for i, arg := range t.args {
		same := &term{op: "." + strings.Fields(t.op)[i+1], args: []*term{keyTerm}}
		if !arg.equal(same) && arg.leads() {
			return true
		}
	}
	return false
}

// other returns the term of an expression that is equal to no other: its
// place in the source, and what it is made of.
func (r *reader) other(e ast.Expr) *term {
	t := &term{op: fmt.Sprint("made at ", e.Pos())}
	if _, ok := e.(*ast.FuncLit); ok {
		return t
	}
	ast.Inspect(e, func(n ast.Node) bool {
		part, ok := n.(ast.Expr)
		if !ok || part == e || !r.info.Types[part].IsValue() {
			return true
		}
		t.args = append(t.args, r.term(part))
		return false
	})
	return t
}
