package sharing

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// Some types are there to be shared, whoever uses them: their authors say so,
// or objects count who uses them.

// shared finds the words by which a comment says that several goroutines may
// use an object at once:
//
//	A Client is safe for concurrent use by multiple goroutines.
var shared = phrases(
	`\b(is|are|be) safe (for|to) [^.;]{0,30}\b(concurren|multiple|several|goroutine|parallel)`,
	`\b(is|are|be) (goroutine|thread|concurrency|concurrent)[- ]?safe\b`,
	`\bsafe for concurrent (use|access)\b`,
)

var sharedWords = []string{"safe"}

func saysShared(doc *ast.CommentGroup) bool {
	text := oneLine(doc.Text())
	return says(text, sharedWords) && shared.MatchString(text) && !alone.MatchString(text)
}

// SaysShared reports whether the comment of a method, or of its type, says
// that several goroutines may use the object at once.
func (e *Evidence) SaysShared(method *ssa.Function) bool {
	if decl, ok := method.Syntax().(*ast.FuncDecl); ok && saysShared(decl.Doc) {
		return true
	}
	recv := receiver(method)
	if recv == nil {
		return false
	}
	for _, file := range e.pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.TYPE && e.declaresShared(decl, recv) {
				return true
			}
		}
	}
	return false
}

func (e *Evidence) declaresShared(decl *ast.GenDecl, named *types.Named) bool {
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.TypeSpec)
		if ok && e.pass.TypesInfo.Defs[spec.Name] == types.Object(named.Origin().Obj()) {
			return saysShared(spec.Doc) || len(decl.Specs) == 1 && saysShared(decl.Doc)
		}
	}
	return false
}

func receiver(method *ssa.Function) *types.Named {
	if recv := method.Signature.Recv(); recv != nil {
		return model.ReceiverNamed(recv.Type())
	}
	return nil
}

// CountsUsers reports whether the objects of which a function is a method have
// a number that the package counts up and down by atomics, one at a time: that
// of those who share the object.
//
//	func (t *table) acquire() { t.refs.Add(1) }
//	func (t *table) release() { if t.refs.Add(-1) == 0 { t.free() } }
func (e *Evidence) CountsUsers(method *ssa.Function) bool {
	recv := receiver(method)
	if recv == nil {
		return false
	}
	object, ok := recv.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range object.Fields() {
		if n := e.counts()[field.Origin()]; n != nil && n.up && n.down && n.frees {
			return true
		}
	}
	return false
}

// A count says how a number is changed by atomics.
type count struct {
	up, down bool
	frees    bool // somebody looks whether it has come down to zero
}

// counts gathers the numbers that the package counts.
func (e *Evidence) counts() map[*types.Var]*count {
	if e.counted == nil {
		e.counted = make(map[*types.Var]*count)
		for _, fn := range e.funcs {
			eachInstr(fn, e.addCount)
		}
	}
	return e.counted
}

func (e *Evidence) addCount(instr ssa.Instruction) {
	call, ok := instr.(*ssa.Call)
	if !ok || len(call.Call.Args) != 2 {
		return
	}
	fn := CalleeObject(&call.Call)
	by, isConst := call.Call.Args[1].(*ssa.Const)
	if fn == nil || !isConst || !strings.HasPrefix(fn.Name(), "Add") || model.AtomicStep(fn) != model.AtomicUpdate {
		return
	}
	at := e.PlaceOf(call.Call.Args[0])
	if at.Field == nil {
		return
	}
	n := e.counted[at.Field.Origin()]
	if n == nil {
		n = new(count)
		e.counted[at.Field.Origin()] = n
	}
	switch by.Int64() {
	case 1:
		n.up = true
	case -1:
		n.down = true
		n.frees = n.frees || isComparedWithZero(call)
	}
}

func isComparedWithZero(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		op, ok := ref.(*ssa.BinOp)
		if !ok {
			continue
		}
		if program.IsZero(op.X) || program.IsZero(op.Y) {
			return true
		}
	}
	return false
}
