package chanleak

import (
	"fmt"
	"go/ast"
	"slices"

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
	for _, c := range match.TakeCensus(pass, match.IsChan) {
		switch {
		case !c.Given:
			found = append(found, neverMade(pass, c)...)
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

// neverMade tells of a channel that nothing makes, though there is somebody on
// either side: all that is done with it waits for ever, or in a select comes to
// nothing. Who compares it with nil knows that it may be.
func neverMade(pass *analysis.Pass, c *match.Census) []report.Finding {
	var uses []analysis.Range
	for _, list := range [][]match.Communication{c.Receives, c.Sends} {
		for _, op := range list {
			uses = append(uses, op)
		}
	}
	for _, value := range c.Read {
		uses = append(uses, value)
	}
	if c.Compared || len(c.Receives) == 0 || len(c.Receives) == len(uses) {
		return nil
	}
	slices.SortFunc(uses, func(a, b analysis.Range) int { return int(a.Pos() - b.Pos()) })
	f := report.Finding{
		Range:   uses[0],
		Subject: c.Var,
		Message: fmt.Sprintf("nothing in the package makes the channel %s: it is nil, and who waits for it waits for ever", c.Var.Name()),
	}
	for _, use := range uses[1:] {
		f.Related = append(f.Related, report.Here(use, "used here"))
	}
	return []report.Finding{f}
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
