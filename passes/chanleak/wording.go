package chanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// finding words a sender that is left behind as a schedule would.
func (l *leavings) finding(m *meeting, s sending, ret *ssa.Return) report.Finding {
	rng, channel := sendSyntax(s.send)
	started, more := report.FileLine(l.pass.Fset, s.spawn.Pos()), ""
	if s.many {
		more = " any more"
	}
	f := report.Finding{
		Range:   rng,
		Subject: m.made,
		Low:     model.RunsCommand(m.owner.Signature), // the process ends, and the goroutine with it
		Message: fmt.Sprintf("nobody receives from %s%s, which was left at %s: the goroutine started at %s is blocked here for ever",
			edit.Print(l.pass.Fset, channel), more, report.FileLine(l.pass.Fset, ret.Pos()), started),
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: s.spawn.Pos(), To: s.spawn.Pos()}, "goroutine started here")},
	}
	if ret.Pos().IsValid() {
		f.Related = append(f.Related, report.Here(report.Span{From: ret.Pos(), To: ret.Pos() + token.Pos(len("return"))}, "left here"))
	}
	if v, ok := l.pass.TypesInfo.ObjectOf(root(channel)).(*types.Var); ok && m.owner.Syntax() != nil {
		f.Fixes = room(l.pass, v, madeBy(m))
	}
	return f
}

func root(e ast.Expr) *ast.Ident {
	id, _ := ast.Unparen(e).(*ast.Ident)
	return id
}

// madeBy returns the call that makes the channel.
func madeBy(m *meeting) *ast.CallExpr {
	var found *ast.CallExpr
	ast.Inspect(m.owner.Syntax(), func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && call.Pos() <= m.made.Pos() && m.made.Pos() <= call.Rparen {
			found = call // the innermost
		}
		return true
	})
	return found
}

// sendSyntax returns the statement of a send and its channel.
func sendSyntax(send *ssa.Send) (analysis.Range, ast.Expr) {
	found := match.SendAt(send.Parent().Syntax(), send.Pos())
	if found == nil {
		return report.Span{From: send.Pos(), To: send.Pos()}, &ast.Ident{NamePos: send.Pos(), Name: "the channel"}
	}
	return found, found.Chan
}
