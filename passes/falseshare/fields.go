package falseshare

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// fields reports fields that share a cache line and that different goroutines
// write: each pair of starts is compared, the first that writes one field with
// the second that writes another.
func (c *checker) fields(starts []start) {
	written := make([][]*types.Var, len(starts))
	for i, s := range starts {
		c.written(s.body, func(place ast.Expr) {
			selector, ok := place.(*ast.SelectorExpr)
			if !ok {
				return
			}
			field, ok := c.pass.TypesInfo.Uses[selector.Sel].(*types.Var)
			if ok && field.IsField() && !slices.Contains(written[i], field) {
				written[i] = append(written[i], field)
			}
		})
	}
	for i := range starts {
		for k := i + 1; k < len(starts); k++ {
			for _, a := range written[i] {
				for _, b := range written[k] {
					if !slices.Contains(written[k], a) && !slices.Contains(written[i], b) {
						c.pair(a, b, starts[i], starts[k])
					}
				}
			}
		}
	}
}

// pair judges two fields that two goroutines write.
func (c *checker) pair(a, b *types.Var, first, second start) {
	structure, spec := c.structOf(a)
	if structure == nil || !match.FixedSize(structure) || !bothIn(structure, a, b) {
		return
	}
	from, to := c.offset(structure, a), c.offset(structure, b)
	if from > to {
		a, b, from, to = b, a, to, from
		first, second = second, first
	}
	end := from + c.pass.TypesSizes.Sizeof(a.Type())
	if to/cacheLine != (end-1)/cacheLine && to-from >= cacheLine {
		return
	}
	f := report.Finding{
		Range:   report.Span{From: b.Pos(), To: b.Pos() + token.Pos(len(b.Name()))},
		Subject: b,
		Message: fmt.Sprintf("%s shares a cache line with %s, and two goroutines write them in loops: each write makes the other wait",
			b.Name(), a.Name()),
		Related: []analysis.RelatedInformation{
			report.Here(report.Word(first.at, "go"), "writes "+a.Name()),
			report.Here(report.Word(second.at, "go"), "writes "+b.Name()),
		},
	}
	if line := lineOf(spec, b); line != nil {
		pad := "_ [" + strconv.FormatInt(cacheLine-(to-from)%cacheLine, 10) + "]byte // keeps the next field on a cache line of its own\n"
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Leave room between "+a.Name()+" and "+b.Name(),
			edit.Insert(line.Pos(), pad+edit.Indentation(c.pass, line.Pos())))}
	}
	c.reporter.Add(f)
}

// structOf finds the package's struct that declares the field.
func (c *checker) structOf(field *types.Var) (*types.Struct, *ast.StructType) {
	for _, file := range c.pass.Files {
		if field.Pos() < file.FileStart || file.FileEnd < field.Pos() {
			continue
		}
		var found *ast.StructType
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.StructType); ok && s.Pos() <= field.Pos() && field.Pos() < s.End() {
				found = s
			}
			return true
		})
		if found != nil {
			t, _ := c.pass.TypesInfo.TypeOf(found).(*types.Struct)
			return t, found
		}
	}
	return nil, nil
}

func bothIn(structure *types.Struct, a, b *types.Var) bool {
	fields := slices.Collect(structure.Fields())
	return slices.Contains(fields, a) && slices.Contains(fields, b)
}

func (c *checker) offset(structure *types.Struct, field *types.Var) int64 {
	fields := slices.Collect(structure.Fields())
	return c.pass.TypesSizes.Offsetsof(fields)[slices.Index(fields, field)]
}

// lineOf returns the declaration of a field that it has for itself.
func lineOf(spec *ast.StructType, field *types.Var) *ast.Field {
	for _, f := range spec.Fields.List {
		if len(f.Names) == 1 && f.Names[0].Pos() == field.Pos() {
			return f
		}
	}
	return nil
}
