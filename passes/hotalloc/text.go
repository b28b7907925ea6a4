package hotalloc

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// concatenation finds s += x in a loop that doesn't make s: each turn copies
// all that is there already.
func (j *judge) concatenation(assign *ast.AssignStmt, above []ast.Node) []report.Finding {
	if assign.Tok != token.ADD_ASSIGN {
		return nil
	}
	v := match.LocalVar(j.info, assign.Lhs[0])
	loop := innermostLoop(above)
	if v == nil || loop == nil || !isString(v.Type()) || loop.Pos() <= v.Pos() && v.Pos() < loop.End() || j.startedAnew(loop, v) {
		return nil
	}
	return []report.Finding{{
		Range:   assign,
		Subject: v,
		Message: v.Name() + " is put together by += in a loop on a hot path: each turn copies all of it; a strings.Builder doesn't",
	}}
}

// startedAnew reports whether the loop also sets the variable in another way.
func (j *judge) startedAnew(loop ast.Stmt, v *types.Var) bool {
	anew := false
	ast.Inspect(loop, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			anew = anew || set.Op != token.ADD_ASSIGN && match.LocalVar(j.info, set.Left) == v
		}
		return !anew
	})
	return anew
}

func isString(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// plainVerbs matches what Sprintf does without thinking.
var plainVerbs = regexp.MustCompile(`%[sdv%]`)

// formatted finds fmt.Sprintf with nothing but plain verbs for strings and
// integers: it parses the format and boxes the arguments each time.
func (j *judge) formatted(call *ast.CallExpr, fn *types.Func, _ []ast.Node) (report.Finding, bool) {
	if model.Key(fn) != "fmt.Sprintf" || len(call.Args) < 2 || call.Ellipsis.IsValid() {
		return report.Finding{}, false
	}
	format := j.info.Types[call.Args[0]].Value
	if format == nil || format.Kind() != constant.String {
		return report.Finding{}, false
	}
	text := constant.StringVal(format)
	verbs := plainVerbs.FindAllString(text, -1)
	args := call.Args[1:]
	if strings.Contains(text, "%%") || strings.Count(text, "%") != len(args) || len(verbs) != len(args) {
		return report.Finding{}, false
	}
	for i, arg := range args {
		if !j.plainArgument(verbs[i], j.info.TypeOf(arg)) {
			return report.Finding{}, false
		}
	}
	return report.Finding{
		Range:   call,
		Message: "fmt.Sprintf only joins strings and integers on a hot path: it parses its format and boxes its arguments each time",
		Fixes:   j.joined(call, text, args),
	}, true
}

// plainArgument reports whether the verb writes the argument as + or strconv
// would: types with methods of their own may say how they are written.
func (j *judge) plainArgument(verb string, t types.Type) bool {
	basic, ok := types.Unalias(t).(*types.Basic)
	if !ok {
		return false
	}
	isText := basic.Info()&types.IsString != 0
	isNumber := basic.Info()&types.IsInteger != 0
	return verb == "%s" && isText || verb == "%d" && isNumber || verb == "%v" && (isText || isNumber)
}

// joined writes the parts as a sum: "a" + s + strconv.Itoa(n).
func (j *judge) joined(call *ast.CallExpr, format string, args []ast.Expr) []analysis.SuggestedFix {
	literals := plainVerbs.Split(format, -1)
	var parts []string
	var edits []analysis.TextEdit
	for i, arg := range args {
		if literals[i] != "" {
			parts = append(parts, strconv.Quote(literals[i]))
		}
		text, imports, ok := j.asText(call, arg)
		if !ok {
			return nil
		}
		parts, edits = append(parts, text), imports
	}
	if last := literals[len(args)]; last != "" {
		parts = append(parts, strconv.Quote(last))
	}
	sum := strings.Join(parts, " + ")
	if len(parts) > 1 && !j.standsAlone(call) {
		sum = "(" + sum + ")"
	}
	return []analysis.SuggestedFix{edit.Fix("Join the parts without fmt", append(edits, edit.Replace(call, sum))...)}
}

func (j *judge) asText(call *ast.CallExpr, arg ast.Expr) (text string, imports []analysis.TextEdit, ok bool) {
	text = edit.Source(j.pass, arg)
	t := j.info.TypeOf(arg)
	if isString(t) {
		if binary, ok := ast.Unparen(arg).(*ast.BinaryExpr); ok && binary == arg {
			text = "(" + text + ")"
		}
		return text, nil, text != ""
	}
	if basic, ok := types.Unalias(t).(*types.Basic); !ok || basic.Kind() != types.Int {
		return "", nil, false
	}
	at, found := j.root.FindNode(call)
	if !found {
		return "", nil, false
	}
	name, imports, ok := edit.Import(j.pass, at, "strconv")
	return name + ".Itoa(" + text + ")", imports, ok && text != ""
}

// standsAlone reports whether nothing binds tighter around the call: it is
// an argument, an assigned value or a result.
func (j *judge) standsAlone(call *ast.CallExpr) bool {
	at, ok := j.root.FindNode(call)
	if !ok {
		return false
	}
	switch parent := at.Parent().Node().(type) {
	case *ast.CallExpr:
		return slices.Contains(parent.Args, ast.Expr(call))
	case *ast.AssignStmt, *ast.ReturnStmt, *ast.ValueSpec, *ast.KeyValueExpr, *ast.CompositeLit, *ast.SendStmt:
		return true
	}
	return false
}

// written finds w.Write([]byte(s)) of a writer that has WriteString, where
// the copy can't stay on the stack, as w is an interface or buffers for one.
// Other writers would copy the string themselves. The bytes of a sum are put
// together without a copy (runtime.concatbytes).
func (j *judge) written(call *ast.CallExpr) []report.Finding {
	selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "Write" || len(call.Args) != 1 {
		return nil
	}
	conversion, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr)
	if !ok || len(conversion.Args) != 1 || !j.info.Types[conversion.Fun].IsType() || !isString(j.info.TypeOf(conversion.Args[0])) {
		return nil
	}
	if sum, ok := ast.Unparen(conversion.Args[0]).(*ast.BinaryExpr); ok && j.info.Types[sum].Value == nil {
		return nil
	}
	writer := j.info.TypeOf(selector.X)
	fn, _ := j.info.Uses[selector.Sel].(*types.Func)
	if writer == nil || fn == nil || !types.IsInterface(writer) && model.Key(fn) != "(bufio.Writer).Write" {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(writer, true, j.pass.Pkg, "WriteString")
	if method, ok := obj.(*types.Func); !ok || method.Signature().Results().Len() != 2 {
		return nil
	}
	f := report.Finding{
		Range:   conversion,
		Message: j.text(conversion) + " copies a string on a hot path only to write it: WriteString needn't",
	}
	if argument := edit.Source(j.pass, conversion.Args[0]); argument != "" {
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Write the string", edit.Replace(selector.Sel, "WriteString"), edit.Replace(conversion, argument))}
	}
	return []report.Finding{f}
}
