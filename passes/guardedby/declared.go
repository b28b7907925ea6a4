package guardedby

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// declared is what the declarations say about locks and variables: which
// fields stand beside a lock, in which order, and which a comment assigns to
// one.
type declared struct {
	near      map[*types.Var]bool   // fields of structs with a lock, and of structs held by such
	below     map[*types.Var]any    // the lock that is declared above the field, in one group
	annotated map[*types.Var]string // the name of the lock that a comment gives
	globals   bool                  // the package has a lock as a package-level variable
	pkg       *types.Package
}

// wanted reports whether the variable is judged: one that isn't made for
// concurrent use itself, no map (they have a check of their own), beside a
// lock.
func (d *declared) wanted(v *types.Var) bool {
	if v.Pkg() != d.pkg || safe(v.Type()) {
		return false
	}
	if _, isMap := v.Type().Underlying().(*types.Map); isMap {
		return false
	}
	if v.IsField() {
		return d.near[v]
	}
	return d.globals
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
		below:     make(map[*types.Var]any),
		annotated: make(map[*types.Var]string),
		pkg:       pass.Pkg,
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.StructType:
				d.addStruct(pass, n)
			case *ast.GenDecl:
				d.addGlobals(pass, n)
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
	locked := false
	for i := range fields.NumFields() {
		locked = locked || isLock(fields.Field(i).Type())
	}
	if !locked {
		return
	}
	for i := range fields.NumFields() {
		d.add(fields.Field(i), 0)
	}
	d.groups(pass, node)
	d.comments(pass, node)
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

// groups notes which fields follow a lock without an empty line in between.
func (d *declared) groups(pass *analysis.Pass, node *ast.StructType) {
	var lock any
	last := 0
	for _, field := range node.Fields.List {
		start := field.Pos()
		if field.Doc != nil {
			start = field.Doc.Pos()
		}
		if pass.Fset.Position(start).Line > last+1 {
			lock = nil
		}
		last = pass.Fset.Position(field.End()).Line
		for _, v := range variablesOf(pass, field) {
			switch {
			case isLock(v.Type()):
				lock = v
			case lock != nil:
				d.below[v] = lock
			}
		}
	}
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

// guardedBy finds the words by which the comment of a variable names its
// lock, guardsList those by which the comment of a lock names variables.
var (
	guardedBy  = regexp.MustCompile(`(?i)\b(?:guarded|protected|locked|synchroni[sz]ed) (?:by|with|under) (?:the )?` + "`?" + `(?:\w+\.)*(\w+)|checklocks:(?:\w+\.)*(\w+)|GUARDED_BY\((?:\w+\.)*(\w+)\)`)
	guardsList = regexp.MustCompile(`(?i)\b(?:guards|protects)\b:? (?:the )?((?:\w+(?:, and |, | and | & )?)+)`)
)

// comments reads what comments say about the fields of a struct.
func (d *declared) comments(pass *analysis.Pass, node *ast.StructType) {
	locks, byName := make(map[string]bool), make(map[string]*types.Var)
	for _, field := range node.Fields.List {
		for _, v := range variablesOf(pass, field) {
			byName[v.Name()] = v
			locks[v.Name()] = isLock(v.Type())
		}
	}
	for _, field := range node.Fields.List {
		text := strings.TrimSpace(commentText(field.Doc) + " " + commentText(field.Comment))
		for _, v := range variablesOf(pass, field) {
			if isLock(v.Type()) {
				d.guards(v.Name(), text, byName)
			} else if name := firstGroup(guardedBy.FindStringSubmatch(text)); locks[name] {
				d.annotated[v] = name
			}
		}
	}
}

// guards reads the comment of a lock.
func (d *declared) guards(lock, text string, fields map[string]*types.Var) {
	found := guardsList.FindStringSubmatch(text)
	if found == nil {
		return
	}
	for _, name := range strings.FieldsFunc(found[1], func(r rune) bool { return r == ',' || r == ' ' || r == '&' }) {
		if v := fields[name]; v != nil && name != lock {
			d.annotated[v] = lock
		}
	}
}

func firstGroup(found []string) string {
	i := slices.IndexFunc(found, func(s string) bool { return s != "" && s != found[0] })
	if i < 0 {
		return ""
	}
	return found[i]
}

// commentText keeps directives such as +checklocks, which Text drops.
func commentText(group *ast.CommentGroup) string {
	if group == nil {
		return ""
	}
	var text strings.Builder
	for _, c := range group.List {
		text.WriteString(strings.TrimLeft(c.Text, "/* \t") + " ")
	}
	return text.String()
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
}
