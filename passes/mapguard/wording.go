package mapguard

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// finding puts a verdict into words.
func (j *judge) finding(v verdict) report.Finding {
	return report.Finding{
		Range:   j.rangeOf(v),
		Message: j.message(v),
		Related: j.related(v),
		Subject: v.subject(),
	}
}

func (j *judge) message(v verdict) string {
	name, does := j.mapName(v.blamed), done(v.blamed)
	switch v.rule {
	case mainAndGoroutine:
		return fmt.Sprintf("map %s is %s here while goroutine started at %s may %s it (%s)",
			name, does, j.place(v.spawn.Site.Pos()), doing(v.other), lockOf(v.other))
	case goroutineAndMain:
		return fmt.Sprintf("map %s is %s in this goroutine while the code at %s may %s it (%s)",
			name, does, j.place(j.pos(v.other)), doing(v.other), lockOf(v.other))
	case twoGoroutines:
		return fmt.Sprintf("map %s is %s in this goroutine while another may %s it at %s (%s)",
			name, does, doing(v.other), j.place(j.pos(v.other)), lockOf(v.other))
	case sameGoroutine:
		return fmt.Sprintf("map %s is %s by all goroutines that %s starts, at the same time and without a lock",
			name, does, j.place(v.spawn.Site.Pos()))
	case mixedLocking:
		if v.lent != nil {
			return fmt.Sprintf("the map is returned from under %s and not copied: %s at %s while another goroutine may %s it",
				v.lock, does, j.place(j.pos(v.blamed)), doing(v.other))
		}
		if v.call != nil {
			return fmt.Sprintf("map %s is %s by this call while another goroutine may %s it (other side holds %s)",
				name, does, doing(v.other), v.lock)
		}
		return fmt.Sprintf("map %s is %s here while another goroutine may %s it (other side holds %s)",
			name, does, doing(v.other), v.lock)
	case sharedLocking:
		return fmt.Sprintf("map %s is %s here while %s is held for reading only, which others may hold at the same time",
			name, does, v.lock)
	case handlers:
		return fmt.Sprintf("map %s is %s here by concurrent handlers without a lock", name, does)
	}
	return fmt.Sprintf("map %s is %s in this goroutine while %s may %s it (no common lock)",
		name, does, v.other.Fn.Name(), doing(v.other))
}

// done and doing name what an access does.
func done(e sharing.Effect) string {
	switch e.Use {
	case sharing.Assigned:
		return "written"
	case sharing.Replaced:
		return "replaced"
	case sharing.Returned:
		return "returned"
	}
	return "read"
}

func doing(e sharing.Effect) string {
	switch e.Use {
	case sharing.Assigned:
		return "write"
	case sharing.Replaced:
		return "replace"
	}
	return "read"
}

func lockOf(other sharing.Effect) string {
	if len(other.Held.Must) == 0 {
		return "no common lock"
	}
	return "other side holds " + other.Held.Must[0].Place.String()
}

// mapName returns the map as the source spells it where it is used.
func (j *judge) mapName(e sharing.Effect) string {
	if e.Expr != nil {
		return edit.Print(j.pass.Fset, e.Expr)
	}
	return e.Place.String()
}

func (j *judge) place(pos token.Pos) string {
	return report.FileLine(j.pass.Fset, pos)
}

func (j *judge) pos(e sharing.Effect) token.Pos { return j.span(e).Pos() }

// span returns the map in the source, or the instruction.
func (j *judge) span(e sharing.Effect) analysis.Range {
	if e.Expr != nil {
		return e.Expr
	}
	return instrSpan(e.Instr)
}

func instrSpan(instr ssa.Instruction) analysis.Range {
	return report.Span{From: instr.Pos(), To: instr.Pos()}
}

func (j *judge) rangeOf(v verdict) analysis.Range {
	if v.lent != nil {
		return lentSpan(v.lent)
	}
	if v.call != nil {
		if call := j.evidence.CallExpr(v.call); call != nil {
			return call
		}
		return instrSpan(v.call)
	}
	return j.span(v.blamed)
}

// related lists the other places in the order in which they happen: the
// goroutine starts, the other access is made, its lock is taken.
func (j *judge) related(v verdict) []analysis.RelatedInformation {
	var list []analysis.RelatedInformation
	if v.spawn != nil {
		from, to := j.evidence.SpawnRange(v.spawn)
		list = append(list, report.Here(report.Span{From: from, To: to}, "goroutine started here"))
	}
	if v.call != nil || v.lent != nil {
		list = append(list, report.Here(j.span(v.blamed), done(v.blamed)+" here"))
	}
	if v.other.Access != nil && v.other.Access != v.blamed.Access {
		list = append(list, report.Here(j.span(v.other), done(v.other)+" here"))
	}
	if at := j.evidence.LockedAt(v.other); at != nil {
		list = append(list, report.Here(j.callSpan(at), "lock taken here"))
	}
	return list
}

func (j *judge) callSpan(instr ssa.CallInstruction) analysis.Range {
	if call := j.evidence.CallExpr(instr); call != nil {
		return call
	}
	return instrSpan(instr)
}
