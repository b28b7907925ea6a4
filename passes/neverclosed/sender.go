package neverclosed

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// gone returns the only goroutine that sends on a channel, if that may end
// while its receiver, which the same function starts or is, goes on to wait:
//
//	func (s *session) start() {          func (s *session) read() {
//		go s.read()                          for {
//		go s.handle()                            f, err := s.next()
//	}                                            if err != nil {
//	                                                 return
//	func (s *session) handle() {                 }
//		for f := range s.frames {                s.frames <- f
//			…                                }
//		}                                }
//	}
//
// It is nil where others send, too, where one of several senders may be left,
// and where main or package initialisation makes the channel.
func (c *checker) gone(ch *channel, d drain) *started {
	for _, made := range ch.made {
		if c.runs.once(made.Parent()) {
			return nil
		}
	}
	var sender *started
	for _, send := range ch.sends {
		one := c.runs.startOf(send.Parent())
		if one == nil || sender != nil && one.site != sender.site {
			return nil
		}
		sender = one
	}
	if !c.runs.beside(sender.site, d.receive.Parent()) || !canReturn(sender.body.Blocks[0]) {
		return nil
	}
	return sender
}

// judgeSender reports a loop whose only sender is gone some day.
func (c *checker) judgeSender(ch *channel, d drain) {
	if sender := c.gone(ch, d); sender != nil {
		c.found = append(c.found, c.senderGone(ch, d, sender))
	}
}

// A started is a goroutine that one place starts.
type started struct {
	site ssa.CallInstruction
	body *ssa.Function
}

// end returns a return statement of the goroutine, nil if it has none.
func (s *started) end() *ssa.Return {
	for _, block := range s.body.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && ret.Pos().IsValid() {
			return ret
		}
	}
	return nil
}

// startOf returns the goroutine on which a function runs, nil if there may be
// others or it isn't known.
func (r *runs) startOf(fn *ssa.Function) *started {
	return r.startFrom(fn, make(map[*ssa.Function]bool))
}

func (r *runs) startFrom(fn *ssa.Function, active map[*ssa.Function]bool) (start *started) {
	if !r.known[fn] || active[fn] {
		return nil
	}
	active[fn] = true
	for _, site := range r.sites[fn] {
		one := &started{site, fn}
		if !spawns(site) {
			one = r.startFrom(site.Parent(), active)
		}
		if one == nil || start != nil && one.site != start.site {
			return nil
		}
		start = one
	}
	return start
}

// beside reports whether a function is the one that starts a goroutine, or runs
// on another that is started as often as that.
func (r *runs) beside(site ssa.CallInstruction, fn *ssa.Function) bool {
	if fn == site.Parent() {
		return program.LoopAround(site.Block()) == nil
	}
	other := r.startOf(fn)
	return other != nil && other.site != site && other.site.Parent() == site.Parent() && sameLoop(site.Block(), other.site.Block())
}

func sameLoop(a, b *ssa.BasicBlock) bool {
	x, y := program.LoopAround(a), program.LoopAround(b)
	if x == nil || y == nil {
		return x == nil && y == nil
	}
	return x.Head == y.Head
}

// endless returns the loops without an end in which a channel is received from:
// nothing tells them that it is over.
//
//	for {
//		handle(<-s.frames)
//	}
func (ch *channel) endless() []drain {
	var list []drain
	for _, wait := range ch.waits {
		receive, ok := wait.(*ssa.UnOp)
		if !ok || receive.CommaOk || program.LoopAround(receive.Block()) == nil || canReturn(receive.Block()) {
			continue
		}
		list = append(list, drain{receive: receive})
	}
	return list
}

// senderGone words it.
func (c *checker) senderGone(ch *channel, d drain, sender *started) report.Finding {
	rng, loop, name := c.drainSyntax(d)
	f := report.Finding{
		Range:   rng,
		Subject: ch,
		Related: []analysis.RelatedInformation{
			report.Here(at(ch.made[0]), "made here"),
			report.Here(at(sender.site), "the sender is started here"),
		},
	}
	ends := "ends"
	if ret := sender.end(); ret != nil {
		ends = "returns at " + c.place(ret)
		f.Related = append(f.Related, report.Here(at(ret), "the sender returns here"))
	}
	f.Message = fmt.Sprintf("%s never ends: its only sender, started at %s, %s, and nothing closes %s", loop, c.place(sender.site), ends, name)
	return f
}
