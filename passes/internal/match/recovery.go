package match

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// A Recovery knows which functions of a package may run below one that
// recovers panics: a parser that bails out by panicking, a server that
// survives its handlers.
//
// It is a may analysis over names: a function calls whatever it mentions, a
// method of an interface stands for all methods of that name, a mention of a
// package variable stands for all that its value mentions. A function
// recovers if it holds a call of recover or defers a function that does; one
// of another package does if it is named after that.
type Recovery struct {
	decls   map[types.Object]*mentions // the package's functions and variables
	methods map[string][]types.Object
	covered map[types.Object]bool
}

// mentions is what one function, or the value of one variable, names.
type mentions struct {
	objects  []types.Object // functions and package-level variables
	deferred []*types.Func
	recovers bool
}

// NewRecovery finds what runs below a recover in the package.
func NewRecovery(pass *analysis.Pass) *Recovery {
	r := &Recovery{
		decls:   make(map[types.Object]*mentions),
		methods: make(map[string][]types.Object),
		covered: make(map[types.Object]bool),
	}
	var order []types.Object
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			order = append(order, r.read(pass.TypesInfo, decl)...)
		}
	}
	for _, obj := range order {
		if r.recovers(r.decls[obj]) {
			r.cover(obj)
		}
	}
	return r
}

// Covers reports whether a panic of fn may be recovered in the package.
func (r *Recovery) Covers(fn *types.Func) bool { return fn != nil && r.covered[fn.Origin()] }

// read notes what a declaration mentions and returns what it declares.
func (r *Recovery) read(info *types.Info, decl ast.Decl) []types.Object {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		fn := info.Defs[decl.Name]
		if decl.Recv != nil {
			r.methods[fn.Name()] = append(r.methods[fn.Name()], fn)
		}
		r.decls[fn] = readMentions(info, decl)
		return []types.Object{fn}
	case *ast.GenDecl:
		var vars []types.Object
		for _, spec := range decl.Specs {
			if spec, ok := spec.(*ast.ValueSpec); ok {
				m := readMentions(info, spec)
				for _, name := range spec.Names {
					vars = append(vars, info.Defs[name])
					r.decls[info.Defs[name]] = m
				}
			}
		}
		return vars
	}
	return nil
}

func readMentions(info *types.Info, n ast.Node) *mentions {
	m := new(mentions)
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt:
			if fn, ok := typeutil.Callee(info, n.Call).(*types.Func); ok {
				m.deferred = append(m.deferred, fn.Origin())
			}
		case *ast.Ident:
			switch obj := info.Uses[n].(type) {
			case *types.Builtin:
				m.recovers = m.recovers || obj.Name() == "recover"
			case *types.Func:
				m.objects = append(m.objects, obj.Origin())
			case *types.Var:
				m.objects = append(m.objects, obj)
			}
		}
		return true
	})
	return m
}

func (r *Recovery) recovers(m *mentions) bool {
	if m.recovers {
		return true
	}
	for _, fn := range m.deferred {
		if known, ok := r.decls[fn]; ok {
			if known.recovers {
				return true
			}
		} else if NamedRecovery(fn.Name()) {
			return true
		}
	}
	return false
}

// NamedRecovery reports whether a function is named for what it does to
// panics: HandleCrash, recoverFrom.
func NamedRecovery(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"recover", "catch", "panic", "crash"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// cover adds everything that obj may call.
func (r *Recovery) cover(obj types.Object) {
	m, ok := r.decls[obj]
	if !ok || r.covered[obj] {
		return
	}
	r.covered[obj] = true
	for _, callee := range m.objects {
		r.cover(callee)
		if fn, ok := callee.(*types.Func); ok && abstract(fn) {
			for _, method := range r.methods[fn.Name()] {
				r.cover(method)
			}
		}
	}
}

// abstract reports whether fn is a method of an interface.
func abstract(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// Recovers reports whether a function body calls recover itself, so that the
// function recovers when it is deferred. What literals inside do is another
// matter.
func Recovers(info *types.Info, n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		found = found || IsRecover(info, n)
		return !found
	})
	return found
}

// IsRecover reports whether a node is a call of recover.
func IsRecover(info *types.Info, n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	builtin, ok := typeutil.Callee(info, call).(*types.Builtin)
	return ok && builtin.Name() == "recover"
}

// OnlyRecovers reports whether recovering is all that a function is there
// for: everything in it depends on what recover returns.
func OnlyRecovers(info *types.Info, decl *ast.FuncDecl) bool {
	if decl.Type.Results.NumFields() > 0 || len(decl.Body.List) == 0 {
		return false // somebody looks at what it found
	}
	switch first := decl.Body.List[0].(type) {
	case *ast.IfStmt: // if r := recover(); r != nil { … }
		return len(decl.Body.List) == 1 && (first.Init != nil && Recovers(info, first.Init) || Recovers(info, first.Cond))
	case *ast.AssignStmt: // r := recover(), then if r == nil { return } or if r != nil { … }
		if len(decl.Body.List) == 1 || !Recovers(info, first) {
			return false
		}
		second, ok := decl.Body.List[1].(*ast.IfStmt)
		if !ok {
			return false
		}
		cond, ok := ast.Unparen(second.Cond).(*ast.BinaryExpr)
		return ok && info.Types[cond.Y].IsNil() && (len(decl.Body.List) == 2 || cond.Op == token.EQL)
	}
	return false
}
