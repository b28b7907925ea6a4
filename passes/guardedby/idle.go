package guardedby

import (
	"go/ast"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
)

// An idle lock is a mutex that the package declares beside its data and then
// never mentions again. Nobody else can lock it, so whatever it was declared
// for is used without it.
type idle struct {
	lock   *types.Var
	guards []*types.Var // what it was declared for, in the order of declaration
}

// idleLocks lists the mutexes that nobody ever mentions and that were
// evidently declared for something.
func idleLocks(pass *analysis.Pass, d *declared) []idle {
	c := &idlers{pass: pass, beside: make(map[*types.Var][]*types.Var)}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok {
				c.declaration(decl)
			}
		}
	}
	if len(c.beside) == 0 || imports(pass.Pkg, "C") {
		return nil
	}
	c.dropMentioned()
	c.dropElsewhere()
	var list []idle
	for lock, beside := range c.beside {
		guards := slices.DeleteFunc(slices.Clone(beside), func(v *types.Var) bool { return !d.isFor(lock, v, beside) })
		if len(guards) > 0 {
			list = append(list, idle{lock, guards})
		}
	}
	slices.SortFunc(list, func(a, b idle) int { return int(a.lock.Pos() - b.lock.Pos()) })
	return list
}

func imports(pkg *types.Package, path string) bool {
	return slices.ContainsFunc(pkg.Imports(), func(imported *types.Package) bool { return imported.Path() == path })
}

// idlers collects the mutexes that only the package can name, each with the
// variables that are declared beside it.
type idlers struct {
	pass    *analysis.Pass
	beside  map[*types.Var][]*types.Var
	globals []*types.Var
}

// declaration looks at the structs and variables that a declaration names.
func (c *idlers) declaration(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			c.structType(spec.Type, spec.Name.IsExported())
		case *ast.ValueSpec:
			c.structType(spec.Type, slices.ContainsFunc(spec.Names, (*ast.Ident).IsExported))
			c.variables(spec)
		}
	}
}

// structType looks at the fields of a struct and of those inside it; exported
// says whether others can name values of it.
func (c *idlers) structType(e ast.Expr, exported bool) {
	node, ok := e.(*ast.StructType)
	if !ok {
		return
	}
	fields, ok := c.pass.TypesInfo.TypeOf(node).(*types.Struct)
	if !ok {
		return
	}
	for _, field := range node.Fields.List {
		c.structType(field.Type, exported && slices.ContainsFunc(field.Names, (*ast.Ident).IsExported))
	}
	all := slices.Collect(fields.Fields())
	for _, v := range all {
		if isMutex(v.Type()) && v.Name() != "_" && (!v.Exported() || v.Embedded() && !exported) {
			c.beside[v] = all
		}
	}
}

// variables looks at package-level variables. All of a package are beside one
// another.
func (c *idlers) variables(spec *ast.ValueSpec) {
	for _, name := range spec.Names {
		v, ok := c.pass.TypesInfo.Defs[name].(*types.Var)
		if !ok || v.Exported() || name.Name == "_" {
			continue
		}
		c.globals = append(c.globals, v)
		if isMutex(v.Type()) {
			c.beside[v] = nil
		}
	}
}

// isMutex reports whether the type is a mutex itself; a pointer leads to one
// that others may lock.
func isMutex(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && isLock(t) && safe(t) && named.Obj().Pkg().Path() == "sync"
}

// dropMentioned drops the mutexes that are named anywhere, be it by selecting
// a method that an embedding struct has from one.
func (c *idlers) dropMentioned() {
	for _, obj := range c.pass.TypesInfo.Uses {
		switch obj := obj.(type) {
		case *types.Var:
			delete(c.beside, obj.Origin())
		case *types.TypeName, *types.Func:
			if obj.Pkg() != nil && obj.Pkg().Path() == "sync" && (obj.Name() == "Locker" || obj.Name() == "NewCond") {
				c.dropEmbedded() // an interface may hold the struct
			}
		}
	}
	for _, selection := range c.pass.TypesInfo.Selections {
		for _, v := range embeddedOn(selection) {
			delete(c.beside, v.Origin())
		}
	}
	for lock := range c.beside {
		if !lock.IsField() {
			c.beside[lock] = c.globals
		}
	}
}

// dropElsewhere drops the mutexes that files for other systems may name. These
// aren't parsed, so the word is enough.
func (c *idlers) dropElsewhere() {
	for _, name := range c.pass.IgnoredFiles {
		if len(c.beside) == 0 {
			return
		}
		text, err := c.pass.ReadFile(name)
		maps.DeleteFunc(c.beside, func(lock *types.Var, _ []*types.Var) bool { return err != nil || mayName(text, lock) })
	}
}

func mayName(text []byte, lock *types.Var) bool {
	word := `\b` + lock.Name()
	switch {
	case lock.Embedded():
		word = `\.(R?Lock|NewCond)`
	case lock.IsField():
		word = `\.` + lock.Name()
	}
	return regexp.MustCompile(word + `\b`).Match(text)
}

func (c *idlers) dropEmbedded() {
	maps.DeleteFunc(c.beside, func(lock *types.Var, _ []*types.Var) bool { return lock.Embedded() })
}

// embeddedOn lists the embedded fields on the way of a selection.
func embeddedOn(selection *types.Selection) []*types.Var {
	var fields []*types.Var
	t := selection.Recv()
	index := selection.Index()
	for _, i := range index[:len(index)-1] {
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem()
		}
		of, ok := t.Underlying().(*types.Struct)
		if !ok {
			return fields
		}
		fields = append(fields, of.Field(i))
		t = of.Field(i).Type()
	}
	return fields
}

// isFor reports whether a lock was evidently declared for a variable beside
// it: a comment says so, or it stands right below the lock, or its name says
// so, or a struct has no other lock.
func (d *declared) isFor(lock, v *types.Var, beside []*types.Var) bool {
	if v == lock || safe(v.Type()) {
		return false
	}
	if name, said := d.annotated[v]; said {
		return name == lock.Name()
	}
	if _, ok := v.Type().Underlying().(*types.Chan); ok {
		return false
	}
	another := func(other *types.Var) bool { return other != lock && isLock(other.Type()) }
	switch {
	case isNamedFor(lock.Name(), v.Name()):
		return true
	case d.below[v] == lock && (prefixOf(lock.Name()) == "" || d.following[lock]):
		return true
	case slices.ContainsFunc(beside, func(other *types.Var) bool { return other != lock && isNamedFor(lock.Name(), other.Name()) }):
		return false // it is for another
	}
	return lock.IsField() && !slices.ContainsFunc(beside, another)
}

// isNamedFor recognises the names of locks that tell what they are for:
// cacheMu for cache and cacheSize.
func isNamedFor(lock, name string) bool {
	prefix := prefixOf(lock)
	rest, ok := strings.CutPrefix(name, prefix)
	first, _ := utf8.DecodeRuneInString(rest)
	return prefix != "" && ok && (rest == "" || unicode.IsUpper(first))
}

// prefixOf returns the name of a lock without the word for lock.
func prefixOf(lock string) string {
	for _, word := range []string{"RWMutex", "Mutex", "Mux", "Mtx", "Mut", "Lock", "Mu", "Lk"} {
		if prefix, ok := strings.CutSuffix(lock, word); ok {
			return prefix
		}
	}
	return ""
}
