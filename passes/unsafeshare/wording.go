package unsafeshare

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// finding puts a verdict into words.
func (j *judge) finding(v verdict) report.Finding {
	f := report.Finding{
		Range:   v.blamed.Expr,
		Message: j.message(v),
		Related: j.related(v),
		Subject: v.blamed.Expr,
	}
	if v.spawn != nil && v.rule == ownGoroutine {
		f.Subject = sharedBy{v.spawn.Site.Pos(), v.blamed.Place.Class()} // however often it uses the value
	}
	if shared, ok := v.blamed.Place.Base().(*ssa.Global); ok && v.everywhere {
		f.Range = report.Span{From: shared.Pos(), To: shared.Pos() + token.Pos(len(shared.Name()))}
		f.Related = append(f.Related, report.Here(v.blamed.Expr, "used here"))
	}
	return f
}

// sharedBy names what a goroutine shares with its object's methods.
type sharedBy struct {
	start token.Pos
	value any
}

func (j *judge) message(v verdict) string {
	name, kind := edit.Print(j.pass.Fset, v.blamed.Expr), typeName(v.blamed)
	switch v.rule {
	case goroutines:
		if v.other.Access == v.blamed.Access {
			return fmt.Sprintf("%s is used by all goroutines started at %s, and a %s isn't safe for concurrent use",
				name, report.FileLine(j.pass.Fset, v.spawn.Site.Pos()), kind)
		}
		return fmt.Sprintf("%s is used here and at %s at the same time, and a %s isn't safe for concurrent use", name, j.line(v.other), kind)
	case global:
		return fmt.Sprintf("%s is used by whoever calls %s, and a %s isn't safe for concurrent use", name, v.blamed.Fn.Name(), kind)
	case handlers:
		return fmt.Sprintf("%s is used here by concurrent handlers, and a %s isn't safe for concurrent use", name, kind)
	case mixedLocking:
		return fmt.Sprintf("%s is used here without %s, which is held at %s: a %s isn't safe for concurrent use", name, v.lock, j.line(v.other), kind)
	case outside:
		return fmt.Sprintf("%s is used here outside of %s, and a %s isn't safe for concurrent use", name, v.lock, kind)
	}
	return fmt.Sprintf("%s is used in this goroutine while %s may use it, and a %s isn't safe for concurrent use", name, v.other.Fn.Name(), kind)
}

func (j *judge) line(e sharing.Effect) string { return report.FileLine(j.pass.Fset, e.Expr.Pos()) }

// typeName returns the type as the source would qualify it: "rand.Rand".
func typeName(e sharing.Effect) string {
	t := e.Type()
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}

// related lists the other places in the order in which they happen.
func (j *judge) related(v verdict) []analysis.RelatedInformation {
	var list []analysis.RelatedInformation
	if v.spawn != nil {
		from, to := j.evidence.SpawnRange(v.spawn)
		list = append(list, report.Here(report.Span{From: from, To: to}, "goroutine started here"))
	}
	if v.other.Access != v.blamed.Access {
		list = append(list, report.Here(v.other.Expr, "used here"))
	}
	if at := j.evidence.LockedAt(v.other); at != nil {
		if call := j.evidence.CallExpr(at); call != nil {
			list = append(list, report.Here(call, "lock taken here"))
		}
	}
	return list
}
