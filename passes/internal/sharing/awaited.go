package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// awaited reports whether the function that starts a goroutine waits for its
// end before it returns, whichever way it takes: for a signal, on a channel or
// WaitGroup of its own, after which the goroutine uses nothing any more. The
// goroutine then runs under the locks that the function's callers hold, and
// counts as a call:
//
//	func (l *listener) resync() error {     // connect holds l.mu
//		done := make(chan error)
//		go func() { done <- l.listenAll() }()
//		for {
//			select {
//			case <-l.notifications:
//			case err := <-done:
//				return err
func (b *builder) awaited(spawn *Spawn) bool {
	f := b.footprint(spawn.Instr.Parent())
	if spawn.Site != spawn.Instr || spawn.Parallel || !b.signalsLast(spawn) {
		return false
	}
	own := &Footprint{Fn: f.Fn, Steps: slices.Clone(f.Steps)}
	for i := range own.Steps {
		own.Steps[i].Joins = slices.DeleteFunc(slices.Clone(own.Steps[i].Joins), func(join Join) bool {
			return join.Place == nil || !isLocal(join.Place) || !signalled(spawn, join.Place)
		})
	}
	return !unjoined(own, spawn)
}

// signalsLast reports whether the goroutine's signals come behind all that it
// does to maps, in its own function.
func (b *builder) signalsLast(spawn *Spawn) bool {
	for _, signal := range spawn.Signals {
		if signal.Deferred || signal.Instr == nil || signal.Instr.Parent() != spawn.Body {
			continue
		}
		after := reachableFrom(signal.Instr, nil)
		if slices.ContainsFunc(b.items(spawn.Body), func(i item) bool { return after.has(i.instr()) }) {
			return false
		}
	}
	return true
}

// awaitedAt reports whether the instruction starts such a goroutine.
func (b *builder) awaitedAt(call ssa.CallInstruction) bool {
	for _, step := range b.footprint(call.Parent()).Steps {
		if step.Instr != call {
			continue
		}
		for _, spawn := range step.Spawns {
			if b.awaited(spawn) {
				return true
			}
		}
	}
	return false
}
