package hotprofile

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// A Placed is a charge at the line of the present code that it belongs to.
type Placed struct {
	*Charge
	Decl *ast.FuncDecl
	At   int // line in the file
}

// Place matches what was measured in a file with its present code. The
// profile may be of an older version: as the compiler does for
// profile-guided optimisation, a function that moved as a whole is followed
// by the line on which it starts. Functions that aren't there, and lines
// outside of theirs, are returned as strays.
func Place(fset *token.FileSet, file *ast.File, charges []*Charge) (placed []Placed, strays []*Charge) {
	decls := make(map[string]*ast.FuncDecl)
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
			decls[outerName(decl)] = decl
		}
	}
	line := func(pos token.Pos) int { return fset.PositionFor(pos, false).Line }
	shifts := make(map[*ast.FuncDecl]int)
	for _, c := range charges {
		if decl := decls[c.Outer()]; decl != nil && c.Start > 0 && !c.literal() {
			shifts[decl] = line(decl.Pos()) - c.Start
		}
	}
	for _, c := range charges {
		decl := declared(decls, c.Line)
		if decl == nil {
			strays = append(strays, c)
			continue
		}
		at := c.Line.Line + shifts[decl]
		if at < line(decl.Pos()) || line(decl.End()) < at {
			strays = append(strays, c)
			continue
		}
		placed = append(placed, Placed{c, decl, at})
	}
	return placed, strays
}

// declared returns the function of the file that the line is in. The name of
// a literal may begin with functions that it was inlined into.
func declared(decls map[string]*ast.FuncDecl, line Line) *ast.FuncDecl {
	name := line.Outer()
	decl, inlined := decls[name], line.literal()
	for decl == nil && inlined {
		_, name, inlined = strings.Cut(name, ".")
		decl = decls[name]
	}
	return decl
}

// Outer returns the name of the function that the line is in now.
func (p Placed) Outer() string { return outerName(p.Decl) }

// outerName is the function's name as [Line.Outer] has it.
func outerName(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return decl.Name.Name
	}
	t := ast.Unparen(decl.Recv.List[0].Type)
	if star, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(star.X)
	}
	switch generic := t.(type) {
	case *ast.IndexExpr:
		t = generic.X
	case *ast.IndexListExpr:
		t = generic.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "." + decl.Name.Name
	}
	return decl.Name.Name
}

// Names returns the functions of lines, each once, as the profile has them.
func Names(charges []*Charge) []string {
	var names []string
	for _, c := range charges {
		names = append(names, c.Package+"."+c.Outer())
	}
	slices.Sort(names)
	return slices.Compact(names)
}
