package hotpointer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// finding words what the spots of a group have in common, at one of them.
// Without a profile it says what happens and how often, not what it takes.
func (j *judge) finding(group []spot, at int) report.Finding {
	s := group[at]
	related := s.why.Related()
	if declared, ok := j.declared(s.elem); ok {
		related = append(related, declared)
	}
	for i, other := range group {
		if i != at {
			related = append(related, report.Here(other.node, otherLabels[other.kind]))
		}
	}
	return report.Finding{
		Range:   s.node,
		Message: j.message(s, slices.ContainsFunc(group, func(s spot) bool { return s.kind == walked })),
		Related: related,
	}
}

var otherLabels = map[kind]string{
	added: "made here, too", assigned: "made here, too", returned: "made here, too", passed: "made here, too",
	walked: "walked here",
}

func (j *judge) message(s spot, alsoWalked bool) string {
	size := j.pass.TypesSizes.Sizeof(s.elem)
	elem := j.typeString(s.elem)
	switch s.kind {
	case added:
		unit, visit := "element", ""
		if _, ok := j.pass.TypesInfo.TypeOf(s.holder).Underlying().(*types.Map); ok {
			unit = "entry"
		}
		if alsoWalked {
			visit = ", a pointer to follow per visit"
		}
		return fmt.Sprintf("%s %d-byte values built on a hot path: one allocation per %s%s", j.holderOf(s), size, unit, visit)
	case assigned:
		return fmt.Sprintf("%s is a *%s of %d bytes made on a hot path: one allocation per assignment", j.holderOf(s), elem, size)
	case returned:
		return fmt.Sprintf("%s returns a *%s of %d bytes made on a hot path: one allocation per call", s.decl.Name.Name, elem, size)
	case passed:
		return fmt.Sprintf("%s takes a *%s of %d bytes made on a hot path: one allocation per call", j.holderOf(s), elem, size)
	}
	return fmt.Sprintf("%s %d-byte values walked on a hot path: a pointer to follow per visit", j.holderOf(s), size)
}

// holderOf names what holds the pointers, as the source spells it.
func (j *judge) holderOf(s spot) string {
	if s.field != nil {
		return j.typeString(j.pass.TypesInfo.TypeOf(s.holder)) + "." + s.field.Name()
	}
	name := edit.Print(j.pass.Fset, s.holder)
	if s.kind == assigned || s.kind == passed {
		return name
	}
	t := j.typeString(j.pass.TypesInfo.TypeOf(s.holder))
	if name == t {
		return name + " of"
	}
	if _, simple := ast.Unparen(s.holder).(*ast.CallExpr); simple {
		return "this " + t + " of"
	}
	return name + " is a " + t + " of"
}

func (j *judge) typeString(t types.Type) string {
	if pointer := pointee(t); pointer != nil {
		t = pointer
	}
	return types.TypeString(t, func(p *types.Package) string {
		if p == j.pass.Pkg {
			return ""
		}
		return p.Name()
	})
}

// declared points to the declaration of the type, if it is in the package.
func (j *judge) declared(t types.Type) (where analysis.RelatedInformation, ok bool) {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() != j.pass.Pkg {
		return where, false
	}
	name := named.Obj()
	span := report.Span{From: name.Pos(), To: name.Pos() + token.Pos(len(name.Name()))}
	return report.Here(span, fmt.Sprintf("%s is %d bytes", name.Name(), j.pass.TypesSizes.Sizeof(t))), true
}
