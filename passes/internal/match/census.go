package match

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// A Census is all that a package does to one of its variables, which nobody
// else can reach: an unexported field or package-level variable that is a
// channel, a sync.Cond or a sync.WaitGroup. So what isn't in it never
// happens. Where the variable's value goes elsewhere, as an argument, into
// another variable, by its address, that isn't said.
type Census struct {
	Var      *types.Var
	Sends    []Communication
	Receives []Communication
	Closes   int
	Makes    []*ast.CallExpr // calls of make
	Calls    map[string][]*ast.CallExpr
	Read     []ast.Expr // where the value goes elsewhere
	Given    bool       // it is assigned, or may be by its address: else it stays zero
	Compared bool
	Escapes  bool
}

// A Communication is a send or receive. It is one of several, if other cases
// of its select statement may come in its place.
type Communication struct {
	ast.Node
	OneOfSeveral bool
}

// Unbuffered reports whether no channel that the variable gets has a buffer.
func (census *Census) Unbuffered(pass *analysis.Pass) bool {
	for _, call := range census.Makes {
		if len(call.Args) > 1 {
			if size := pass.TypesInfo.Types[call.Args[1]].Value; size == nil || size.String() != "0" {
				return false
			}
		}
	}
	return true
}

// TakeCensus looks at the variables of the kinds that are wanted, in the
// order of their declarations. A package that uses C knows more than is seen,
// and so does one with files for other systems.
func TakeCensus(pass *analysis.Pass, wanted func(types.Type) bool) []*Census {
	c := &counter{pass: pass, known: make(map[*types.Var]*Census)}
	if len(pass.IgnoredFiles) > 0 {
		return nil
	}
	for _, imported := range pass.Pkg.Imports() {
		if imported.Path() == "C" || imported.Path() == "unsafe" {
			return nil
		}
	}
	for name, obj := range pass.TypesInfo.Defs {
		if v, ok := obj.(*types.Var); ok && c.isClosed(v) && wanted(v.Type()) && name.Pos() == v.Pos() {
			c.known[v] = &Census{Var: v, Calls: make(map[string][]*ast.CallExpr)}
		}
	}
	if len(c.known) == 0 {
		return nil
	}
	for _, file := range pass.Files {
		c.file(file)
	}
	list := make([]*Census, 0, len(c.known))
	for _, census := range c.known {
		list = append(list, census)
	}
	slices.SortFunc(list, func(a, b *Census) int { return int(a.Var.Pos() - b.Var.Pos()) })
	return list
}

// A counter goes through the syntax, and knows what surrounds a node.
type counter struct {
	pass  *analysis.Pass
	known map[*types.Var]*Census
	stack []ast.Node
}

// isClosed reports whether only the package itself can name the variable.
func (c *counter) isClosed(v *types.Var) bool {
	if v.Embedded() || v.Name() == "_" || v.Exported() && c.pass.Pkg.Name() != "main" {
		return false
	}
	return v.IsField() || v.Parent() == c.pass.Pkg.Scope()
}

func (c *counter) file(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			c.stack = c.stack[:len(c.stack)-1]
			return true
		}
		c.stack = append(c.stack, n)
		switch n := n.(type) {
		case *ast.Ident:
			if v, ok := c.pass.TypesInfo.Uses[n].(*types.Var); ok {
				if census := c.known[v.Origin()]; census != nil {
					c.use(census, len(c.stack)-1)
				}
			}
		case *ast.ValueSpec:
			c.declaration(n)
		case *ast.CompositeLit:
			c.literal(n)
		}
		return true
	})
}

// declaration counts the values with which variables are declared.
func (c *counter) declaration(spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		v, _ := c.pass.TypesInfo.Defs[name].(*types.Var)
		if census := c.known[v]; census != nil && len(spec.Values) > 0 {
			census.assigned(c.pass, valueAt(spec.Values, i, len(spec.Names)))
		}
	}
}

// literal counts the values of a struct literal without names.
func (c *counter) literal(lit *ast.CompositeLit) {
	made := c.pass.TypesInfo.TypeOf(lit)
	if made == nil || len(lit.Elts) == 0 {
		return
	}
	if pointer, ok := made.Underlying().(*types.Pointer); ok {
		made = pointer.Elem() // of a literal in a slice of pointers
	}
	t, ok := made.Underlying().(*types.Struct)
	if !ok {
		return
	}
	if _, named := lit.Elts[0].(*ast.KeyValueExpr); named {
		return
	}
	for i, value := range lit.Elts {
		if census := c.known[t.Field(i).Origin()]; census != nil {
			census.assigned(c.pass, value)
		}
	}
}

// use counts one use, the name of the variable being at the index.
func (c *counter) use(census *Census, at int) {
	at = c.whole(at)
	expr, parent := c.stack[at], c.stack[at-1]
	switch parent := parent.(type) {
	case *ast.UnaryExpr:
		if parent.Op == token.ARROW {
			census.Receives = append(census.Receives, Communication{parent, c.oneOfSeveral(at)})
			return
		}
	case *ast.SendStmt:
		if parent.Chan == expr {
			census.Sends = append(census.Sends, Communication{parent, c.oneOfSeveral(at)})
			return
		}
	case *ast.RangeStmt:
		if parent.X == expr {
			census.Receives = append(census.Receives, Communication{parent.X, false})
			return
		}
	case *ast.CallExpr:
		switch Builtin(c.pass.TypesInfo, parent) {
		case "close":
			census.Closes++
			return
		case "len", "cap":
			return
		}
	case *ast.SelectorExpr:
		if call, ok := c.stack[at-2].(*ast.CallExpr); ok && call.Fun == parent {
			census.Calls[parent.Sel.Name] = append(census.Calls[parent.Sel.Name], call)
			return
		} else if parent.Sel.Name == "L" {
			return // of a Cond
		}
	case *ast.KeyValueExpr:
		if parent.Key == expr {
			census.assigned(c.pass, parent.Value)
			return
		}
	case *ast.AssignStmt:
		if i := slices.Index(parent.Lhs, expr.(ast.Expr)); i >= 0 {
			census.assigned(c.pass, valueAt(parent.Rhs, i, len(parent.Lhs)))
			return
		}
	case *ast.BinaryExpr:
		census.Compared = true
		return
	}
	census.Escapes = true
	census.read(expr, parent)
}

// read counts a use of the value, or of the address.
func (census *Census) read(expr, parent ast.Node) {
	if call, ok := parent.(*ast.CallExpr); ok && call.Fun != expr {
		census.Read = append(census.Read, expr.(ast.Expr))
		return
	}
	census.Given = true
}

// whole returns the index of the whole expression for a variable: s.done for
// done, (s.done) for s.done.
func (c *counter) whole(at int) int {
	for at > 0 {
		switch parent := c.stack[at-1].(type) {
		case *ast.SelectorExpr:
			if parent.Sel != c.stack[at] {
				return at
			}
		case *ast.ParenExpr:
		default:
			return at
		}
		at--
	}
	return at
}

// oneOfSeveral reports whether a communication is a case of a select
// statement that has others.
func (c *counter) oneOfSeveral(at int) bool {
	for i := at - 1; i > 1; i-- {
		switch n := c.stack[i].(type) {
		case *ast.CommClause:
			return n.Comm != nil && n.Comm.Pos() <= c.stack[at].Pos() && c.stack[at].Pos() < n.Comm.End() && len(c.stack[i-1].(*ast.BlockStmt).List) > 1
		case *ast.BlockStmt, *ast.FuncLit:
			return false
		}
	}
	return false
}

// assigned counts a value that the variable gets.
func (census *Census) assigned(pass *analysis.Pass, value ast.Expr) {
	census.Given = true
	switch value := ast.Unparen(value).(type) {
	case *ast.CallExpr:
		if Builtin(pass.TypesInfo, value) == "make" {
			census.Makes = append(census.Makes, value)
			return
		}
		if selector, ok := value.Fun.(*ast.SelectorExpr); ok {
			if fn, ok := pass.TypesInfo.Uses[selector.Sel].(*types.Func); ok && fn.FullName() == "sync.NewCond" {
				return
			}
		}
	case *ast.Ident:
		if pass.TypesInfo.Types[value].IsNil() {
			return
		}
	case *ast.CompositeLit: // sync.Cond{L: …}
		return
	case *ast.UnaryExpr:
		if _, ok := value.X.(*ast.CompositeLit); ok {
			return
		}
	}
	census.Escapes = true
}

// valueAt returns the value that the variable of the index gets of n, the
// call of which it is a result if there is one for all.
func valueAt(values []ast.Expr, i, n int) ast.Expr {
	if len(values) == n {
		return values[i]
	}
	return values[0]
}
