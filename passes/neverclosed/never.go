package neverclosed

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeNever decides on a channel that is sent on, drained and closed
// nowhere. Many programs mean that: workers that live as long as the process
// range over a channel of jobs. It is a mistake if somebody relies on the
// end of the drain, or if the drain is left behind again and again:
//
//   - somebody waits for the drain's goroutine to end;
//   - the channel belongs to an object with a Close or Stop method, which
//     leaves the drain's goroutine behind;
//   - the channel belongs to one call of a function, and all its senders come
//     to an end;
//   - its only sender is a goroutine that ends, see sender.go.
//
// Of a loose drain, which an error may end, only the second says so.
func (c *checker) judgeNever(ch *channel) {
	for _, d := range slices.Concat(ch.drains, ch.loose) {
		consequence := ""
		var wait ssa.Instruction
		if !d.loose {
			wait = c.awaited(ch, d)
		}
		closer := c.closer(ch)
		switch {
		case wait != nil:
			consequence = fmt.Sprintf(", so %s at %s waits for ever", c.spell(wait), c.place(wait))
		case closer != nil:
			consequence = fmt.Sprintf(", not even by %s", closer.Name())
		case d.loose:
			continue
		case !c.leftBehind(ch, d):
			c.judgeSender(ch, d)
			continue
		}
		c.found = append(c.found, c.never(ch, d, wait, consequence))
	}
	for _, d := range ch.endless() {
		c.judgeSender(ch, d)
	}
}

func (c *checker) never(ch *channel, d drain, wait ssa.Instruction, consequence string) report.Finding {
	rng, what, name := c.drainSyntax(d)
	f := report.Finding{
		Range:   rng,
		Subject: ch,
		Message: fmt.Sprintf("%s never ends: %s, sent on at %s, is closed nowhere%s", what, name, c.place(ch.sends[0]), consequence),
		Related: []analysis.RelatedInformation{
			report.Here(at(ch.made[0]), "made here"),
			report.Here(at(ch.sends[0]), "sent on here: the sender should close it when it is done"),
		},
	}
	if wait != nil {
		f.Related = append(f.Related, report.Here(at(wait), "waits here"))
	}
	if fix, ok := c.closingFix(ch); ok {
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}

// leftBehind reports whether each call of the function that makes the
// channel leaves the drain behind, or waits for it itself. A goroutine that
// main leaves behind ends with the process.
func (c *checker) leftBehind(ch *channel, d drain) bool {
	if len(ch.fields) > 0 || len(ch.made) != 1 {
		return false
	}
	owner := ch.made[0].Parent()
	for _, send := range ch.sends {
		if !c.runs.ends(send, owner) {
			return false
		}
	}
	return !c.runs.once(owner) || c.runs.blocks(d.receive.Parent(), owner)
}

// closer returns the method by which objects that own the channel are done
// with, or nil.
func (c *checker) closer(ch *channel) *types.Func {
	for _, made := range ch.made {
		if c.runs.once(made.Parent()) {
			return nil
		}
	}
	for _, field := range ch.fields {
		owner := c.aliases.owners[field]
		if owner == nil {
			continue
		}
		for method := range owner.Methods() {
			if model.Releases(method) {
				return method
			}
		}
	}
	return nil
}

// drainSyntax returns what to blame for a drain, and how the source spells
// the loop and its channel.
func (c *checker) drainSyntax(d drain) (rng analysis.Range, loop, name string) {
	cursor, ok := c.syntax(d.receive.Pos())
	if !ok {
		return at(d.receive), "loop", "its channel"
	}
	switch n := cursor.Node().(type) {
	case *ast.RangeStmt:
		name = edit.Print(c.pass.Fset, n.X)
		return n.X, "range over " + name, name
	case *ast.UnaryExpr:
		name = edit.Print(c.pass.Fset, n.X)
		return n, "loop over " + name, name
	}
	return at(d.receive), "loop", "its channel"
}
