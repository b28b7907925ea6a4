package neverclosed

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeEarlyReturn decides on a channel that one function closes at its end,
// not deferred, and leaves open where it returns earlier:
//
//	go func() {
//		for … {
//			if err != nil {
//				return            // reported
//			}
//			ch <- v
//		}
//		close(ch)                 // a statement of the body itself: no condition
//	}()
//	for v := range ch { … }
//
// The function is the body of a goroutine, or starts one that drains. Paths
// are those of its control-flow graph: on some path from the start to the
// return nothing is closed. Panics end the process and don't count.
func (c *checker) judgeEarlyReturn(ch *channel) {
	closing, ok := c.finalClose(ch)
	if !ok || len(ch.drains) == 0 && !ch.given {
		return
	}
	owner := ch.closes[0].Parent()
	for _, start := range c.starts(ch, owner) {
		for _, ret := range leaving(start, ch.closed) {
			cursor, ok := c.syntax(ret.Pos())
			if !ok || ret.Pos() > closing.Node().Pos() || len(ch.drains) == 0 && givesUp(cursor) {
				continue
			}
			c.found = append(c.found, c.early(ch, cursor, closing))
			break
		}
	}
}

func (c *checker) early(ch *channel, ret, closing inspector.Cursor) report.Finding {
	name := edit.Print(c.pass.Fset, closing.Node().(*ast.CallExpr).Args[0])
	f := report.Finding{
		Range:   report.Word(ret.Node(), "return"),
		Subject: ch,
		Message: fmt.Sprintf("return leaves %s open, and its receivers wait for ever", name),
		Related: []analysis.RelatedInformation{report.Here(closing.Node(), "closed only here")},
	}
	if len(ch.drains) > 0 {
		d := ch.drains[0]
		rng, loop, _ := c.drainSyntax(d)
		f.Message = fmt.Sprintf("return leaves %s open: the %s at %s never ends", name, loop, c.place(d.receive))
		f.Related = append(f.Related, report.Here(rng, "waits here"))
	}
	if fix, ok := c.deferFix(closing); ok {
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}

// finalClose returns the call that closes the channel, if all calls that do
// stand in one function, none is deferred, and the last one is a statement
// of the function's body itself.
func (c *checker) finalClose(ch *channel) (inspector.Cursor, bool) {
	owner := ch.closes[0].Parent()
	for _, closing := range ch.closes {
		if _, ok := closing.(*ssa.Call); !ok || closing.Parent() != owner {
			return inspector.Cursor{}, false
		}
	}
	cursor, ok := c.syntax(ch.closes[len(ch.closes)-1].Pos())
	if !ok || cursor.ParentEdgeKind() != edge.ExprStmt_X {
		return inspector.Cursor{}, false
	}
	switch cursor.Parent().Parent().ParentEdgeKind() {
	case edge.FuncDecl_Body, edge.FuncLit_Body:
		return cursor, true
	}
	return inspector.Cursor{}, false
}

// closed reports whether an instruction closes the channel.
func (ch *channel) closed(instr ssa.Instruction) bool {
	for _, closing := range ch.closes {
		if closing == instr {
			return true
		}
	}
	return false
}

// givesUp reports whether a return follows a receive in a select: the
// receiver may have told the sender that it is gone.
func givesUp(ret inspector.Cursor) bool {
	for range ret.Enclosing((*ast.CommClause)(nil)) {
		return true
	}
	return false
}

// starts returns the instructions from which on somebody may wait for the
// owner to close: its first, if it runs as a goroutine, or those by which it
// starts a goroutine that drains.
func (c *checker) starts(ch *channel, owner *ssa.Function) []ssa.Instruction {
	if c.runs.spawned(owner) {
		for _, d := range ch.drains {
			if d.receive.Parent() == owner {
				return nil
			}
		}
		return owner.Blocks[0].Instrs[:1]
	}
	var starts []ssa.Instruction
	for _, block := range owner.Blocks {
		for _, instr := range block.Instrs {
			if site, ok := instr.(ssa.CallInstruction); ok && spawns(site) && c.startsDrain(ch, site) {
				starts = append(starts, instr)
			}
		}
	}
	return starts
}

// startsDrain reports whether the goroutine that the site starts drains the
// channel, itself or through functions that it calls.
func (c *checker) startsDrain(ch *channel, site ssa.CallInstruction) bool {
	for _, d := range ch.drains {
		if c.runs.leads(site, d.receive.Parent(), make(map[*ssa.Function]bool)) {
			return true
		}
	}
	return false
}

// leaving returns the returns that are reachable from an instruction without
// passing one that stops the search.
func leaving(from ssa.Instruction, stops func(ssa.Instruction) bool) []*ssa.Return {
	var found []*ssa.Return
	seen := make(map[*ssa.BasicBlock]bool)
	var walk func(instrs []ssa.Instruction)
	walk = func(instrs []ssa.Instruction) {
		for _, instr := range instrs {
			if stops(instr) {
				return
			}
			if ret, ok := instr.(*ssa.Return); ok {
				found = append(found, ret)
			}
		}
		for _, succ := range instrs[len(instrs)-1].Block().Succs {
			if !seen[succ] {
				seen[succ] = true
				walk(succ.Instrs)
			}
		}
	}
	for i, instr := range from.Block().Instrs {
		if instr == from {
			walk(from.Block().Instrs[i:])
		}
	}
	return found
}
