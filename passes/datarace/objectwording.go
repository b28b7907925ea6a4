package datarace

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// finding blames who holds no lock, or who writes, and returns the blamed use
// and the one that it meets as well.
func (o *objects) finding(own, other sharing.MapUse) (f report.Finding, blamed, with sharing.MapUse) {
	blamed, with = own, other
	if len(own.Held.Must) > 0 && len(other.Held.Must) == 0 || len(own.Held.Must) == len(other.Held.Must) && !own.Writes() {
		blamed, with = other, own
	}
	from, to := o.evidence.SpawnRange(own.Entry.Spawn)
	f = report.Finding{
		Range:   blamed.Expr,
		Subject: blamed.Access,
		Message: fmt.Sprintf("%s is %s here while %s %ss it at %s (%s)", edit.Print(o.pass.Fset, blamed.Expr), done(blamed.Effect), o.who(with),
			doing(with.Effect), report.FileLine(o.pass.Fset, with.Expr.Pos()), lockOf(with.Effect)),
		Related: []analysis.RelatedInformation{
			report.Here(report.Span{From: from, To: to}, "goroutine started here"),
			report.Here(with.Expr, done(with.Effect)+" here"),
		},
	}
	return f, blamed, with
}

func (o *objects) who(use sharing.MapUse) string {
	if use.Entry.Kind == sharing.Goroutine {
		return "the goroutine started at " + report.FileLine(o.pass.Fset, use.Entry.Spawn.Site.Pos())
	}
	return "a caller of " + use.Entry.Fn.Name()
}
