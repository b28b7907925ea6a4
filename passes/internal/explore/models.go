package explore

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/model/prelude"
)

// models is the behaviour of libraries: the native operations, and the
// prelude, which is Go code that the machine interprets like the program's.
type models struct {
	natives map[string]native
	prog    *ssa.Program
	pkg     *ssa.Package
	types   *types.Package
	code    map[string]*ssa.Function // by the key of the function that it stands for
	side    map[string]types.Type    // methods whose receiver has its state beside it
	globals map[string]*ssa.Function // variables of libraries: what they hold
	err     error
}

// loadModels compiles the prelude, once for a process: nothing writes it
// afterwards.
var loadModels = sync.OnceValue(compileModels)

func compileModels() *models {
	ms := &models{natives: nativeTable(), code: make(map[string]*ssa.Function),
		side: make(map[string]types.Type), globals: make(map[string]*ssa.Function)}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, src := range prelude.Sources() {
		f, err := parser.ParseFile(fset, src.Name, src.Text, parser.ParseComments)
		if err != nil {
			ms.err = err
			return ms
		}
		files = append(files, f)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
		Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
		Scopes: make(map[ast.Node]*types.Scope), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Instances: make(map[*ast.Ident]types.Instance), FileVersions: make(map[*ast.File]string),
	}
	config := &types.Config{GoVersion: "go1.23"}
	ms.types, ms.err = config.Check("prelude", fset, files, info)
	if ms.err != nil {
		return ms
	}
	ms.prog = ssa.NewProgram(fset, ssa.InstantiateGenerics)
	ms.pkg = ms.prog.CreatePackage(ms.types, files, info, false)
	ms.pkg.Build()
	for _, f := range files {
		ms.bind(f, info)
	}
	return ms
}

// bind reads the comments that say what the code stands for:
//
//	//model:func sync.OnceFunc      a function
//	//model:type time.Timer         a type whose methods stand for its methods
//	//model:side sync.Once          the same, state beside the library's value
//	//model:var context.Canceled    a function whose result a variable holds
func (ms *models) bind(f *ast.File, info *types.Info) {
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			fn := ms.prog.FuncValue(info.Defs[decl.Name].(*types.Func))
			for _, words := range modelComments(decl.Doc) {
				if words[0] == "var" {
					ms.globals[words[1]] = fn
				} else {
					ms.code[words[1]] = fn
				}
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok {
					ms.bindType(info.Defs[spec.Name].Type(), modelComments(decl.Doc))
				}
			}
		}
	}
}

func (ms *models) bindType(t types.Type, comments [][]string) {
	for _, words := range comments {
		dot := strings.LastIndex(words[1], ".")
		set := types.NewMethodSet(types.NewPointer(t))
		for i := range set.Len() {
			sel := set.At(i)
			key := "(" + words[1][:dot] + words[1][dot:] + ")." + sel.Obj().Name()
			ms.code[key] = ms.prog.MethodValue(sel)
			if words[0] == "side" {
				ms.side[key] = t
			}
		}
	}
}

func modelComments(doc *ast.CommentGroup) [][]string {
	if doc == nil {
		return nil
	}
	var out [][]string
	for _, c := range doc.List {
		if rest, ok := strings.CutPrefix(c.Text, "//model:"); ok {
			if words := strings.Fields(rest); len(words) == 2 {
				out = append(out, words)
			}
		}
	}
	return out
}

// A handler is what the machine does instead of a call.
type handler struct {
	native native
	code   *ssa.Function
}

// handler returns the model of a call, nil if there is none. The receiver of
// a method whose state lies beside its object is replaced by that state.
func (m *machine) handler(inv *invocation) *handler {
	if inv.fn == nil {
		return m.methodHandler(inv)
	}
	h, ok := m.handlers[inv.fn]
	if !ok {
		h = m.findHandler(inv.fn)
		m.handlers[inv.fn] = h
	}
	if h == nil || h.native != nil {
		return h
	}
	if t, ok := m.models.side[model.Key(declared(inv.fn))]; ok {
		return m.withSide(h, inv, t)
	}
	if inv.fn.Signature.Recv() != nil && len(inv.args) > 0 && isSymbol(inv.args[0]) {
		return nil // an object that the models didn't make
	}
	return h
}

func declared(fn *ssa.Function) *types.Func {
	obj, _ := fn.Object().(*types.Func)
	return obj
}

func (m *machine) findHandler(fn *ssa.Function) *handler {
	key := model.Key(declared(fn))
	if key == "" && fn.Origin() != nil {
		key = model.Key(declared(fn.Origin()))
	}
	isNative := fn.Prog == m.models.prog && m.models.natives[key] != nil
	if fn.Blocks != nil && !isNative {
		return nil
	}
	if n := m.models.natives[key]; n != nil {
		return &handler{native: n}
	}
	if code := m.models.code[key]; code != nil {
		return &handler{code: code}
	}
	if n := foreignLock(declared(fn)); n != nil {
		return &handler{native: n}
	}
	return nil
}

// methodHandler models methods of interface values that we don't know.
func (m *machine) methodHandler(inv *invocation) *handler {
	if inv.method == nil {
		return nil
	}
	key := model.Key(inv.method)
	n, code := m.models.natives[key], m.models.code[key]
	if n == nil && code == nil {
		n = foreignLock(inv.method)
	}
	if n == nil && code == nil {
		return nil
	}
	inv.args = append([]value{inv.recv}, inv.args...)
	return &handler{native: n, code: code}
}

func (m *machine) withSide(h *handler, inv *invocation, t types.Type) *handler {
	p, ok := m.receiver(inv)
	if !ok {
		return &handler{native: func(*machine, *invocation, delivery) {}}
	}
	if p.path != nil && strings.HasPrefix(model.Key(declared(inv.fn)), "(testing.common)") {
		p.path = p.path.parent // the T or B around it
	}
	inv.args = append([]value{m.sideOf(p, t)}, inv.args[1:]...)
	return h
}

// sideOf returns the state, of type t, that lies beside a library's value.
func (m *machine) sideOf(p pointer, t types.Type) pointer {
	sym := m.syms.intern(symSide, types.NewPointer(t), []value{p}, nil, 0)
	id := m.names.intern(objName{sym: sym})
	if m.st.object(id) == nil {
		m.st.put(id, &object{gen: m.st.gen, typ: t, val: m.zero(t)})
	}
	if !hasObject(m.sides[p.obj], id) {
		m.sides[p.obj] = append(m.sides[p.obj], id)
	}
	return pointer{obj: id}
}

func hasObject(list []objID, id objID) bool {
	for _, x := range list {
		if x == id {
			return true
		}
	}
	return false
}

func (m *machine) isModelPackage(p *ssa.Package) bool { return p != nil && p == m.models.pkg }

func (m *machine) isModelType(t types.Type) bool {
	named := model.ReceiverNamed(t)
	return named != nil && named.Obj().Pkg() == m.models.types
}

// isOnce reports whether a lock is the one inside a sync.Once.
func (m *machine) isOnce(p pointer) bool {
	o := m.st.object(p.obj)
	return o != nil && strings.HasPrefix(typeName(o.typ), "prelude.Once")
}

// funcResult is what a function of the prelude without parameters returns,
// which is the address of a variable of the prelude.
func (m *machine) funcResult(fn *ssa.Function) value {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if mi, ok := instr.(*ssa.MakeInterface); ok {
				if g, ok := mi.X.(*ssa.Global); ok {
					return iface{mi.X.Type(), pointer{obj: m.global(g)}}
				}
			}
		}
	}
	return nilRef{}
}
