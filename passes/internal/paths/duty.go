package paths

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A Duty is something that a path takes on and has to meet before it leaves
// the function: to give back a slot of a semaphore, to answer a request, to
// count a WaitGroup down. The lattice of a path is flat: one [Standing] at a
// time; Lost is its top, from where a path isn't followed. That a path owes
// is a must, so what isn't followed is never reported.
type Duty struct {
	// Effect says what an instruction does about the duty. Deferred calls are
	// asked about when they run, function literals and go statements when they
	// are come to.
	Effect func(instr ssa.Instruction, now Standing) Effect

	// What the walk finds.
	Ends  []End
	Turns []Turn // of loops, of what was taken on since their header

	walk *Walk[due]
}

// An Effect is what an instruction does about a duty.
type Effect struct {
	Does Deed
	Case int // of a select that tries: which case takes the duty on
}

// A Deed is what can be done about a duty.
type Deed int

// Deeds.
const (
	Nothing Deed = iota
	Takes
	Tries // takes it on if it succeeds, which its error, its bool or its case tells
	Meets
	HandsOn // somebody else will meet it
	Loses   // it isn't known
	Stops   // what comes behind is of no interest
)

// A Standing says where a path stands with a duty.
type Standing int

// Standings.
const (
	Free Standing = iota
	Tried
	Owed
	Met
	Handed
	Lost
)

// A due is the state of a path: the standing and the instruction that took
// the duty on, nil if the path began with it.
type due struct {
	standing Standing
	since    ssa.Instruction
	nth      int // of Tried by a select: the case
}

// An End is how a path comes to a return.
type End struct {
	Return   *ssa.Return
	Standing Standing
	Since    ssa.Instruction
}

// A Turn is how a path comes to the end of an iteration.
type Turn struct {
	From     *ssa.BasicBlock // the last block of the iteration
	Standing Standing
	Since    ssa.Instruction
}

// Follow walks the paths of a function that stands so at its start. It
// reports false if some path isn't followed to its end.
func (d *Duty) Follow(evidence *sharing.Evidence, fn *ssa.Function, start Standing) bool {
	d.walk = &Walk[due]{Visit: d.visit, Decide: d.decide, Turn: d.turn}
	d.walk.Run(evidence, fn, due{standing: start})
	return !d.walk.GaveUp
}

func (d *Duty) visit(p *Point[due], instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Defer:
		return true
	case *ssa.RunDefers:
		for _, deferred := range slices.Backward(p.Defers) {
			if !d.apply(p, deferred) {
				return false
			}
		}
		return true
	case *ssa.Return:
		end := End{instr, p.State.standing, p.State.since}
		if !slices.Contains(d.Ends, end) {
			d.Ends = append(d.Ends, end)
		}
		return false
	}
	return d.apply(p, instr)
}

// apply is the transfer function. To take on what is owed already, and to
// meet what isn't, is beyond what is followed.
func (d *Duty) apply(p *Point[due], instr ssa.Instruction) bool {
	effect := d.Effect(instr, p.State.standing)
	now := p.State.standing
	switch effect.Does {
	case Stops:
		return false
	case Loses:
		p.State.standing = Lost
	case Takes:
		p.State = due{standing: Owed, since: instr}
		if now == Owed || now == Tried {
			p.State.standing = Lost
		}
	case Tries:
		p.State = due{standing: Tried, since: instr, nth: effect.Case}
		if now == Owed || now == Tried {
			p.State.standing = Lost
		}
	case Meets:
		p.State.standing = Met
		if now != Owed {
			p.State.standing = Lost
		}
	case HandsOn:
		if now == Owed {
			p.State.standing = Handed
		} else if now == Tried {
			p.State.standing = Lost
		}
	}
	if p.State.standing == Lost {
		d.walk.GaveUp = true
		return false
	}
	return true
}

// decide learns from a branch whether what was tried has succeeded.
func (d *Duty) decide(p *Point[due], branch *ssa.If, outcome bool) {
	if p.State.standing == Owed && deniedBy(branch.Cond, outcome, p.State.since) {
		p.State = due{}
	}
	if p.State.standing != Tried {
		return
	}
	switch succeeded(p, branch.Cond, outcome) {
	case Succeeds:
		p.State.standing = Owed
	case Fails:
		p.State = due{}
	}
}

// turn notes how an iteration ends that took the duty on; the next one begins
// anew.
func (d *Duty) turn(p *Point[due], from *ssa.BasicBlock) bool {
	s := p.State
	if s.since == nil || s.standing == Free || !p.Block.Dominates(s.since.Block()) {
		return true
	}
	if turn := (Turn{from, s.standing, s.since}); !slices.Contains(d.Turns, turn) {
		d.Turns = append(d.Turns, turn)
	}
	p.State = due{}
	return s.standing == Met || s.standing == Handed
}

// Skipped returns where paths leave with the duty unmet that others, which
// took it on at the same place, meet. A return to which both come is not to
// blame.
func (d *Duty) Skipped() []Exit {
	_, settled := d.exits()
	return slices.DeleteFunc(d.Unmet(), func(e Exit) bool { return slices.Contains(settled, e) })
}

// Unmet is like Skipped with the returns to which both come. Where only those
// that fail meet the duty, those that succeed hand it on.
func (d *Duty) Unmet() []Exit {
	owed, settled := d.exits()
	handsOn := !slices.ContainsFunc(settled, func(e Exit) bool { return e.Return == nil || !CertainlyFails(e.Return) })
	return slices.DeleteFunc(owed, func(e Exit) bool {
		met := slices.ContainsFunc(settled, func(other Exit) bool { return other.Since == e.Since })
		return !met || handsOn && e.Return != nil && OutcomeOf(e.Return) == Succeeds
	})
}

// exits returns where paths leave with the duty unmet, and where without.
func (d *Duty) exits() (owed, settled []Exit) {
	note := func(e Exit, s Standing) {
		switch s {
		case Owed:
			owed = append(owed, e)
		case Met, Handed:
			settled = append(settled, e)
		}
	}
	for _, end := range d.Ends {
		note(Exit{Return: end.Return, Since: end.Since}, end.Standing)
	}
	for _, turn := range d.Turns {
		note(Exit{Turned: turn.From, Since: turn.Since}, turn.Standing)
	}
	return owed, settled
}

// Only reports whether all paths that return stand so.
func (d *Duty) Only(standings ...Standing) bool {
	return len(d.Ends) > 0 && !slices.ContainsFunc(d.Ends, func(end End) bool { return !slices.Contains(standings, end.Standing) })
}

// Comes reports whether a path that returns stands so.
func (d *Duty) Comes(standing Standing) bool {
	return slices.ContainsFunc(d.Ends, func(end End) bool { return end.Standing == standing })
}

// OwesOnSuccess reports whether the paths that owe are those that succeed, and
// all others fail.
func (d *Duty) OwesOnSuccess() bool {
	return d.Comes(Owed) && !slices.ContainsFunc(d.Ends, func(end End) bool {
		if end.Standing == Owed {
			return OutcomeOf(end.Return) != Succeeds
		}
		return end.Standing == Tried || !CertainlyFails(end.Return)
	})
}
