package chanleak

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// deserted finds what waits for a channel of the package, a field or variable
// that nobody else can name, on the other side of which nobody is:
//
//	s.done <- v     // nothing in the package receives from s.done
//	<-s.stop        // nothing sends on s.stop or closes it
//
// It is a may on the side of the others: a channel that goes anywhere else, as
// an argument or into another variable, has somebody.
func deserted(pass *analysis.Pass) []report.Finding {
	var found []report.Finding
	for _, c := range match.TakeCensus(pass, isChannel) {
		switch {
		case c.Escapes || len(c.Makes) == 0:
		case len(c.Sends) == 0 && c.Closes == 0:
			for _, receive := range c.Receives {
				found = append(found, unserved(pass, c, receive))
			}
		case len(c.Receives) == 0 && c.Unbuffered(pass):
			for _, send := range c.Sends {
				if !send.OneOfSeveral {
					found = append(found, report.Finding{
						Range:   send,
						Message: fmt.Sprintf("%s is sent on here, and nothing in the package receives from it: the send waits for ever", edit.Print(pass.Fset, send.Node.(*ast.SendStmt).Chan)),
						Subject: send.Node,
						Related: []analysis.RelatedInformation{report.Here(c.Makes[0], "made here")},
					})
				}
			}
		}
	}
	return found
}

// unserved words a receive that gets nothing.
func unserved(pass *analysis.Pass, c *match.Census, receive match.Communication) report.Finding {
	channel := receive.Node
	if arrow, ok := channel.(*ast.UnaryExpr); ok {
		channel = arrow.X
	}
	then := "it waits for ever"
	if receive.OneOfSeveral {
		then = "this case is never chosen"
	}
	return report.Finding{
		Low:     receive.OneOfSeveral && !c.Var.IsField(), // it may be there to be never ready
		Range:   receive,
		Message: fmt.Sprintf("%s is received from here, but nothing in the package sends on it or closes it: %s", edit.Print(pass.Fset, channel), then),
		Subject: receive.Node,
		Related: []analysis.RelatedInformation{report.Here(c.Makes[0], "made here")},
	}
}

func isChannel(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}
