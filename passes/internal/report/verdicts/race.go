package verdicts

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

func (v *Verdict) isRace() bool {
	return v.Kind == explore.KindRace || v.Kind == explore.KindMapRace || v.Kind == explore.KindSyncRace
}

// WordRace words a race on a variable, or on whatever noun says.
func WordRace(pass *analysis.Pass, v *Verdict, noun string) report.Finding {
	blamed, other := v.orient()
	if v.Kind == explore.KindMapRace {
		blamed, other = blamed.ofMap(pass), other.ofMap(pass)
	}
	return report.Finding{Range: blamed.Range, Message: raceMessage(pass, noun+subject(blamed, other), blamed, other)}
}

// ofMap names the map of an access to one of its elements.
func (op *Op) ofMap(pass *analysis.Pass) *Op {
	element, ok := op.Expr.(*ast.IndexExpr)
	if !ok {
		return op
	}
	whole := *op
	whole.Expr, whole.Name = element.X, edit.Print(pass.Fset, element.X)
	return &whole
}

// orient returns the access to mend and the one that it meets: the one
// without a lock is to blame, or without one of the object that has the
// variable, then the one that isn't atomic, then the one that writes, then the
// first.
func (v *Verdict) orient() (blamed, other *Op) {
	a, b := &v.Ops[0], &v.Ops[1]
	switch {
	case len(b.Locks) == 0 && len(a.Locks) > 0:
		return b, a
	case len(a.Locks) == 0 && len(b.Locks) > 0:
		return a, b
	case locksOwner(a) && !locksOwner(b):
		return b, a
	case locksOwner(b) && !locksOwner(a):
		return a, b
	case atomic(a) != atomic(b):
		if atomic(a) {
			return b, a
		}
		return a, b
	case writes(b) && !writes(a):
		return b, a
	}
	return a, b
}

// locksOwner reports whether an access to a field holds a lock that is a field
// beside it, as the source spells them.
func locksOwner(op *Op) bool {
	owner := strings.LastIndexByte(op.Name, '.')
	return owner > 0 && slices.ContainsFunc(op.Locks, func(lock string) bool {
		return strings.LastIndexByte(lock, '.') == owner && lock[:owner] == op.Name[:owner]
	})
}

func raceMessage(pass *analysis.Pass, subject string, blamed, other *Op) string {
	if blamed.Pos == other.Pos && blamed.Spawn == other.Spawn && blamed.Spawn.IsValid() {
		return fmt.Sprintf("%s is %s here by all goroutines started at %s, at the same time (no common lock)",
			subject, done(blamed), Place(pass, blamed.Spawn))
	}
	who := "another goroutine"
	if other.Spawn.IsValid() {
		who = "the goroutine started at " + Place(pass, other.Spawn)
	} else if blamed.Spawn.IsValid() {
		who = "the function that started this goroutine"
	}
	return fmt.Sprintf("%s is %s here while %s %s it at %s (%s)",
		subject, done(blamed), who, does(other), Place(pass, other.Pos), lock(other))
}

// subject names the variable as one of the two accesses spells it.
func subject(blamed, other *Op) string {
	switch {
	case blamed.Name != "" && blamed.Accesses():
		return blamed.Name
	case other.Name != "" && other.Accesses():
		return other.Name
	case blamed.Name != "":
		return blamed.Name
	case other.Name != "":
		return other.Name
	}
	return "a variable"
}

func writes(op *Op) bool { return op.What == "write" || op.What == "atomic write" }

func atomic(op *Op) bool { return strings.HasPrefix(op.What, "atomic") }

func done(op *Op) string {
	if writes(op) {
		return "written"
	}
	return "read"
}

func does(op *Op) string {
	switch op.What {
	case "write":
		return "writes"
	case "read":
		return "reads"
	case "atomic write":
		return "atomically writes"
	}
	return "atomically reads"
}

func lock(other *Op) string {
	if len(other.Locks) == 0 {
		return "no common lock"
	}
	return "other side holds " + other.Locks[0]
}

// keepsStarter reports whether a race is about the variable that keeps what
// the call returns that starts the other goroutine:
//
//	t.timer = time.AfterFunc(delay, t.fire)
//
// The assignment would have to take longer than the delay.
func (s *speller) keepsStarter(v *Verdict) bool {
	if !v.isRace() {
		return false
	}
	for i := range v.Ops {
		call, ok := s.at(v.Ops[1-i].Spawn).(*ast.CallExpr)
		if ok && writes(&v.Ops[i]) && s.keeps(v.Ops[i].Expr, call) {
			return true
		}
	}
	return false
}

// keeps reports whether an expression is assigned what a call returns, or a
// parameter that is given it.
func (s *speller) keeps(e ast.Expr, call *ast.CallExpr) bool {
	found := false
	for _, file := range s.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, a := range match.Assignments(n) {
				found = found || a.Left == e && a.Right != nil && (a.Right == call || s.isGiven(match.LocalVar(s.pass.TypesInfo, a.Right), call))
			}
			return !found
		})
	}
	return found
}

// isGiven reports whether a variable is a parameter for which some call gives
// what another one returns.
func (s *speller) isGiven(v *types.Var, value *ast.CallExpr) bool {
	found := false
	for _, file := range s.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			outer, ok := n.(*ast.CallExpr)
			if !ok || found || v == nil {
				return !found
			}
			fn := typeutil.StaticCallee(s.pass.TypesInfo, outer)
			i := slices.Index(outer.Args, ast.Expr(value))
			found = fn != nil && i >= 0 && i < fn.Signature().Params().Len() && fn.Signature().Params().At(i) == v
			return !found
		})
	}
	return found
}
