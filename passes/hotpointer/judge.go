package hotpointer

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// A judge decides for the spots of one package where a value would do. There
// are two ways to show it. What is built and read in one function alone shows
// it there, and is fixed there (pointers.go). Otherwise every use in the
// package of pointers to the type must show it, and the type must be the
// package's own (obligation.go).
type judge struct {
	pass     *analysis.Pass
	prog     *program.Program
	heat     *hotness.Result
	decls    map[*types.Func]*ast.FuncDecl
	inlining *inlining
}

func newJudge(pass *analysis.Pass, prog *program.Program, heat *hotness.Result) *judge {
	decls := make(map[*types.Func]*ast.FuncDecl)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
				decls[fn] = decl
			}
		}
	}
	return &judge{pass, prog, heat, decls, &inlining{pass.TypesInfo, decls, make(map[*ast.FuncDecl]int)}}
}

func (j *judge) findings(regions []hotness.Region) []report.Finding {
	var spots []spot
	for _, region := range regions {
		spots = append(spots, j.spotsIn(region)...)
	}
	spots = slices.DeleteFunc(spots, func(s spot) bool { return !j.fits(s) })
	found, rest := j.byHolder(spots)
	found = append(found, j.byType(rest)...)
	for _, region := range regions {
		found = append(found, j.listWalks(region)...)
		found = append(found, j.boxings(region)...)
		found = append(found, j.interfacePointers(region)...)
	}
	return found
}

// byHolder reports on the slices and maps that show by themselves that values
// would do, and returns the spots that concern none of them.
func (j *judge) byHolder(spots []spot) (found []report.Finding, rest []spot) {
	holds := make(map[*types.Var]bool)
	fixes := make(map[*types.Var][]analysis.SuggestedFix)
	groups := make(map[*types.Var][]spot)
	var order []*types.Var
	for _, s := range spots {
		v := variableOf(j.pass.TypesInfo, s.holder)
		if v == nil || s.kind != added && s.kind != walked {
			rest = append(rest, s)
			continue
		}
		if _, judged := holds[v]; !judged {
			fixes[v], holds[v] = holdPointers(j.pass, v)
			order = append(order, v)
		}
		if holds[v] {
			groups[v] = append(groups[v], s)
		} else {
			rest = append(rest, s)
		}
	}
	for _, v := range order {
		made := firstMade(groups[v])
		if len(groups[v]) == 0 || made < 0 && !v.IsField() && !isPackageVar(v) {
			continue // a local that is only walked may lie on the stack
		}
		finding := j.finding(groups[v], max(0, made))
		finding.Fixes = fixes[v]
		found = append(found, finding)
	}
	return found, rest
}

// byType reports once on each type of the package whose pointers are nowhere
// needed: at the first spot where one is made, or else followed.
func (j *judge) byType(spots []spot) []report.Finding {
	groups := make(map[*types.TypeName][]spot)
	var order []*types.TypeName
	for _, s := range spots {
		named, ok := types.Unalias(s.elem).(*types.Named)
		if !ok || named.Obj().Pkg() != j.pass.Pkg {
			continue
		}
		if groups[named.Obj()] == nil {
			order = append(order, named.Obj())
		}
		groups[named.Obj()] = append(groups[named.Obj()], s)
	}
	if len(order) == 0 {
		return nil
	}
	needed := findObligations(j.pass, j.prog, order)
	var found []report.Finding
	for _, name := range order {
		if needed[name] == "" {
			found = append(found, j.finding(groups[name], max(0, firstMade(groups[name]))))
		}
	}
	return found
}

func firstMade(group []spot) int {
	return slices.IndexFunc(group, func(s spot) bool { return s.kind != walked })
}
