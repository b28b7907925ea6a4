package guardedby

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// declared is what the declarations say about locks and variables: which
// fields stand beside a lock, in which order, and which a comment assigns to
// one.
type declared struct {
	near      map[*types.Var]bool         // fields of structs with a lock, and of structs held by such
	below     map[*types.Var]*types.Var   // the lock that is declared above the field or variable, in one group
	annotated map[*types.Var]string       // the name of the lock that a comment gives
	beside    map[*types.Var][]*types.Var // the fields of its struct
	globals   bool                        // the package has a lock as a package-level variable
	updated   map[*types.Var]bool         // maps whose entries are changed
	following map[*types.Var]bool         // locks of which a comment says that they are for what is declared below them
	replaced  map[*types.Var]bool         // maps in whose place another is put
	pkg       *types.Package
}

// wanted reports whether the variable is judged: one that isn't made for
// concurrent use itself, beside a lock. Maps have a check of their own, which
// tells what is done to their entries; those that are replaced are variables,
// too.
func (d *declared) wanted(v *types.Var) bool {
	if v.Pkg() != d.pkg || safe(v.Type()) {
		return false
	}
	if isMap(v.Type()) && d.updated[v] && !d.replaced[v] {
		return false
	}
	if v.IsField() {
		return d.near[v]
	}
	return d.globals
}

// areBeside reports whether the lock is a field of the struct that declares
// the other one.
func (d *declared) areBeside(field *types.Var, lock any) bool {
	v, ok := lock.(*types.Var)
	return ok && field != nil && slices.Contains(d.beside[field], v)
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// safe reports whether values of the type see to locking themselves.
func safe(t types.Type) bool {
	if isLock(t) {
		return true
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch named.Obj().Pkg().Path() {
	case "sync", "sync/atomic", "go.uber.org/atomic":
		return true
	}
	return false
}

// isLock reports whether the type has the methods of a lock and isn't a
// struct that embeds one.
func isLock(t types.Type) bool {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	obj, path, _ := types.LookupFieldOrMethod(t, true, nil, "Lock")
	fn, ok := obj.(*types.Func)
	return ok && len(path) == 1 && model.LockOperation(fn) == model.Acquire
}

func declarations(pass *analysis.Pass) *declared {
	d := &declared{
		near:      make(map[*types.Var]bool),
		below:     make(map[*types.Var]*types.Var),
		annotated: make(map[*types.Var]string),
		beside:    make(map[*types.Var][]*types.Var),
		updated:   make(map[*types.Var]bool),
		following: make(map[*types.Var]bool),
		replaced:  make(map[*types.Var]bool),
		pkg:       pass.Pkg,
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.StructType:
				d.addStruct(pass, n)
			case *ast.GenDecl:
				d.addGlobals(pass, n)
			default:
				d.addUpdates(pass, n)
			}
			return true
		})
	}
	return d
}

func (d *declared) addStruct(pass *analysis.Pass, node *ast.StructType) {
	fields, ok := pass.TypesInfo.TypeOf(node).(*types.Struct)
	if !ok {
		return
	}
	all := slices.Collect(fields.Fields())
	if !slices.ContainsFunc(all, func(v *types.Var) bool { return isLock(v.Type()) || v.Embedded() && embedsLock(v.Type(), maxEmbedded) }) {
		return
	}
	for _, field := range all {
		d.add(field, 0)
		d.beside[field] = all
	}
	d.addGroup(fieldLines(pass, node))
}

// maxEmbedded bounds the structs within one another that are looked through
// for a lock.
const maxEmbedded = 4

// embedsLock reports whether a struct has a lock, perhaps under another name,
// that those have who embed it:
//
//	type Monitor struct{ mu sync.Mutex }
//
//	type Cell struct { Monitor; value int }
func embedsLock(t types.Type, depth int) bool {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok || depth == 0 || safe(t) {
		return false
	}
	for field := range fields.Fields() {
		if isLock(field.Type()) || field.Embedded() && embedsLock(field.Type(), depth-1) {
			return true
		}
	}
	return false
}

// add notes a field of a struct with a lock, and the fields of structs of
// this package that it holds.
func (d *declared) add(field *types.Var, depth int) {
	if d.near[field] {
		return
	}
	d.near[field] = true
	if depth == 2 {
		return
	}
	if inner, ok := heldStruct(field.Type(), d.pkg); ok {
		for i := range inner.NumFields() {
			d.add(inner.Field(i), depth+1)
		}
	}
}

// heldStruct returns the struct that a value of the type holds: itself, what
// it points to, or its elements.
func heldStruct(t types.Type, pkg *types.Package) (*types.Struct, bool) {
	switch u := types.Unalias(t).(type) {
	case *types.Named:
		if u.Obj().Pkg() != pkg {
			return nil, false
		}
		fields, ok := u.Origin().Underlying().(*types.Struct)
		return fields, ok
	case *types.Struct:
		return u, true
	case *types.Pointer:
		return heldStruct(u.Elem(), pkg)
	case *types.Slice:
		return heldStruct(u.Elem(), pkg)
	case *types.Map:
		return heldStruct(u.Elem(), pkg)
	}
	return nil, false
}

func variablesOf(pass *analysis.Pass, field *ast.Field) []*types.Var {
	var list []*types.Var
	for _, name := range field.Names {
		if v, ok := pass.TypesInfo.Defs[name].(*types.Var); ok {
			list = append(list, v)
		}
	}
	if len(field.Names) == 0 {
		if v, ok := pass.TypesInfo.Defs[embeddedName(field.Type)].(*types.Var); ok {
			list = append(list, v)
		}
	}
	return list
}

func embeddedName(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.StarExpr:
		return embeddedName(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	}
	return nil
}

// addGlobals looks for locks among package-level variables.
func (d *declared) addGlobals(pass *analysis.Pass, decl *ast.GenDecl) {
	if decl.Tok != token.VAR {
		return
	}
	for _, spec := range decl.Specs {
		for _, name := range spec.(*ast.ValueSpec).Names {
			if v, ok := pass.TypesInfo.Defs[name].(*types.Var); ok && v.Parent() == pass.Pkg.Scope() && isLock(v.Type()) {
				d.globals = true
			}
		}
	}
	d.addGroup(variableLines(pass, decl))
}
