package lockblocked

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// add words a wait that whoever could end it needs the lock for.
func (s *search) add(w wait, first wake) {
	s.found = append(s.found, report.Finding{
		Range:   s.rangeOf(w.Instr),
		Subject: w.Instr.Pos(),
		Message: fmt.Sprintf("%s holds %s, and whoever could end that waits for the lock at %s: a deadlock",
			s.doing(w.Meeting), w.held.Place, verdicts.Place(s.pass, first.needs.Pos())),
		Related: []analysis.RelatedInformation{report.Here(s.rangeOf(first.needs), "needs the lock here")},
	})
}

// addDeserted words a send that nobody need come for any more.
func (s *search) addDeserted(w wait, receive *ssa.Select) {
	s.found = append(s.found, report.Finding{
		Range:   s.rangeOf(w.Instr),
		Subject: w.Instr.Pos(),
		Message: fmt.Sprintf("%s holds %s, and waits for ever if the receiver at %s has left by another case: nobody gets the lock any more",
			s.doing(w.Meeting), w.held.Place, verdicts.Place(s.pass, receive.Pos())),
		Related: []analysis.RelatedInformation{report.Here(s.rangeOf(receive), "received here, or left")},
	})
}

func (s *search) doing(m sharing.Meeting) string {
	switch m.Kind {
	case sharing.Sends:
		_, channel := report.Send(s.pass, m)
		return "send on " + channel
	case sharing.Receives:
		return "receive from " + m.Place.String()
	}
	return "wait for " + m.Place.String()
}

func (s *search) rangeOf(instr ssa.Instruction) analysis.Range {
	if call, ok := instr.(ssa.CallInstruction); ok {
		return report.CallRange(s.evidence, call)
	}
	return report.Span{From: instr.Pos(), To: instr.Pos() + 1}
}
