package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// startsAgain reports whether a goroutine calls the function that has started
// it, for several others at once, which share with it what lies at a place:
//
//	func (w *walk) visit(name string) {
//		go func() {
//			for _, next := range w.load(name) {
//				w.visit(next)
//			}
//		}()
//	}
func (s *search) startsAgain(spawn *Spawn, at *Place) bool {
	if spawn.base != spawn || !unjoined(s.f, spawn) {
		return false
	}
	var calls []ssa.CallInstruction
	eachInstr(spawn.Body, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		if callee, args := s.Callee(call.Common()); callee == s.f.Fn && s.handsOn(at.Base(), args) {
			calls = append(calls, call)
		}
	})
	return len(calls) > 1 || len(calls) == 1 && inLoop(calls[0])
}

// handsOn reports whether a call of the function with the arguments is about
// the same object: the parameter that it is is passed on, or it is none.
func (s *search) handsOn(object ssa.Value, args []ssa.Value) bool {
	param, ok := object.(*ssa.Parameter)
	if !ok || param.Parent() != s.f.Fn {
		return object.Parent() != s.f.Fn
	}
	i := slices.Index(s.f.Fn.Params, param)
	return i >= 0 && i < len(args) && s.PlaceOf(args[i]) == s.PlaceOf(param)
}
