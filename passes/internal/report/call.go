package report

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// CallRange returns the syntax of a call, for the range of a finding or of a
// related position.
func CallRange(evidence *sharing.Evidence, call ssa.CallInstruction) analysis.Range {
	if expr := evidence.CallExpr(call); expr != nil {
		return expr
	}
	return Span{From: call.Pos(), To: call.Pos() + 1}
}

// Send returns the statement of a send, and its channel as the source has it.
func Send(pass *analysis.Pass, send sharing.Meeting) (at analysis.Range, channel string) {
	if stmt := match.SendAt(send.Instr.Parent().Syntax(), send.Pos); stmt != nil {
		return stmt, edit.Print(pass.Fset, stmt.Chan)
	}
	return Span{From: send.Pos, To: send.Pos + 1}, send.Place.String()
}

// CallName returns the called function as the source has it, or its name if
// that is long.
func CallName(pass *analysis.Pass, evidence *sharing.Evidence, call ssa.CallInstruction) string {
	if expr := evidence.CallExpr(call); expr != nil {
		if text := edit.Print(pass.Fset, expr.Fun); len(text) < 40 {
			return text
		}
	}
	if fn := sharing.CalleeObject(call.Common()); fn != nil {
		return fn.Name()
	}
	return "the call"
}
