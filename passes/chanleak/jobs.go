package chanleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// perJob finds workers that owe one value for each job, and skip one, while
// the owner waits for as many as it has sent jobs:
//
//	go func() {                          for _, j := range all {
//		for j := range jobs {                jobs <- j
//			r, err := j.run()            }
//			if err != nil {              for range all {
//				continue // reported         sum += <-results
//			}                            }
//			results <- r
//		}
//	}()
func (d *debts) perJob() {
	receives := d.inOrder()
	if len(receives) != 1 {
		return
	}
	if op, ok := receives[0].(*ssa.UnOp); !ok || op.CommaOk {
		return
	}
	for _, body := range d.bodies {
		job := d.jobOf(body)
		if job == nil {
			return
		}
		fed := d.feeds(d.jobsOf(job.X, body))
		if len(fed) != 1 || !d.asOften(fed[0], receives[0]) {
			return
		}
		d.wait = receives[0]
		duty := &paths.Duty{Effect: func(instr ssa.Instruction, now paths.Standing) paths.Effect {
			if instr == ssa.Instruction(job) {
				return paths.Effect{Does: paths.Takes}
			}
			return d.effect(instr, now)
		}}
		duty.Follow(d.evidence(), body.fn, paths.Free)
		d.report(body.fn, duty.Unmet())
	}
}

// jobOf returns the receive by which a worker takes a job in each round of the
// loop in which it sends.
func (d *debts) jobOf(body user) *ssa.UnOp {
	var found *ssa.UnOp
	sharing.Instructions(body.fn, func(instr ssa.Instruction) {
		if _, talks := d.talks[instr]; !talks {
			return
		}
		loop := program.LoopAround(instr.Block())
		if loop == nil {
			return
		}
		for _, first := range loop.Head.Instrs {
			if op, ok := first.(*ssa.UnOp); ok && op.Op == token.ARROW {
				found = op
			}
		}
	})
	return found
}

// jobsOf returns the make of the channel that a worker receives its jobs from,
// which it captures or is given; nil if that isn't seen.
func (d *debts) jobsOf(channel ssa.Value, body user) *ssa.MakeChan {
	v := variableOf(channel)
	if param, ok := v.(*ssa.Parameter); ok {
		if given := program.Argument(body.spawn.Common(), param); given != nil {
			v = variableOf(given)
		}
	}
	if convert, ok := v.(*ssa.ChangeType); ok {
		v = variableOf(convert.X)
	}
	made, _ := v.(*ssa.MakeChan)
	return made
}

// feeds returns the sends on a channel of the owner that stand in it or in its
// literals.
func (d *debts) feeds(jobs *ssa.MakeChan) []ssa.Instruction {
	if jobs == nil || jobs.Parent() != d.owner {
		return nil
	}
	var list []ssa.Instruction
	for _, fn := range append([]*ssa.Function{d.owner}, d.owner.AnonFuncs...) {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			if send, ok := instr.(*ssa.Send); ok && variableOf(send.Chan) == ssa.Value(jobs) {
				list = append(list, send)
			}
		})
	}
	return list
}
