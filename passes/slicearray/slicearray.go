package slicearray

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "slicearray"

// Analyzer reports fields that hold slices of one constant length.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires},
	Run:      run,
}

// largest is the size in bytes up to which an array is proposed: with larger
// ones the struct falls into a size class of the allocator that wastes more
// than is saved.
const largest = 1024

// run collects the fields, drops those of structs that aren't always made as
// &T{…} and handled by pointer, and judges every use of the rest.
func run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	fields := make(map[*types.Var]*candidate)
	var order []*candidate
	for cursor := range root.Preorder((*ast.TypeSpec)(nil)) {
		for _, c := range candidatesIn(pass, cursor.Node().(*ast.TypeSpec)) {
			fields[c.field] = c
			order = append(order, c)
		}
	}
	if len(order) == 0 {
		return nil, nil
	}
	valued := structValues(pass, root)
	for cursor := range root.Preorder((*ast.CompositeLit)(nil)) {
		made(pass, cursor, order)
	}
	for cursor := range root.Preorder((*ast.Ident)(nil)) {
		v, _ := pass.TypesInfo.Uses[cursor.Node().(*ast.Ident)].(*types.Var)
		if c := fields[v]; c != nil {
			c.used(cursor)
		}
	}
	reporter := report.New(pass)
	for _, c := range order {
		if !c.no && c.length > 0 && !valued[c.owner] && c.small() {
			reporter.Add(c.finding())
		}
	}
	reporter.Flush()
	return nil, nil
}

// A candidate is a field with what is known of its values.
type candidate struct {
	pass   *analysis.Pass
	owner  *types.TypeName // of the struct
	field  *types.Var
	id     *ast.Ident
	array  *ast.ArrayType
	length int64 // of all its values, 0 when none was seen
	edits  []analysis.TextEdit
	no     bool
}

func candidatesIn(pass *analysis.Pass, spec *ast.TypeSpec) []*candidate {
	structure, ok := spec.Type.(*ast.StructType)
	owner, isType := pass.TypesInfo.Defs[spec.Name].(*types.TypeName)
	if !ok || !isType || spec.TypeParams != nil {
		return nil
	}
	var found []*candidate
	for _, f := range structure.Fields.List {
		array, isArray := f.Type.(*ast.ArrayType)
		if !isArray || array.Len != nil || len(f.Names) != 1 || f.Tag != nil {
			continue
		}
		v, _ := pass.TypesInfo.Defs[f.Names[0]].(*types.Var)
		if v != nil && !v.Exported() && match.FixedSize(v.Type().Underlying().(*types.Slice).Elem()) {
			found = append(found, &candidate{pass: pass, owner: owner, field: v, id: f.Names[0], array: array})
		}
	}
	return found
}

// small reports whether the array is of a size that may lie in a struct.
func (c *candidate) small() bool {
	slice, _ := c.field.Type().Underlying().(*types.Slice)
	size := c.pass.TypesSizes.Sizeof(slice.Elem())
	return size > 0 && c.length <= largest/size
}

func (c *candidate) finding() report.Finding {
	length := strconv.FormatInt(c.length, 10)
	elem := edit.Print(c.pass.Fset, c.array.Elt)
	edits := slices.Concat(c.edits, []analysis.TextEdit{edit.Insert(c.array.Lbrack+1, length)})
	return report.Finding{
		Range:   c.id,
		Subject: c.field,
		Message: fmt.Sprintf("%s.%s is always a []%s of length %s, an allocation of its own for each %s: a [%s]%s lies in the struct",
			c.owner.Name(), c.field.Name(), elem, length, c.owner.Name(), length, elem),
		Fixes: []analysis.SuggestedFix{edit.Fix("Make "+c.field.Name()+" an array", edits...)},
	}
}
