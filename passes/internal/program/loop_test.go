package program

import (
	"testing"

	"golang.org/x/tools/go/ssa"
)

// Calls of here stand in loops: what counts the rounds, from the innermost out.
const loops = `package p

func here() {}

func none(n int) { if n > 0 { here() } }
func slice(xs []int) { for range xs { here() } }
func number(n int) { for range n { here() } }
func three() { for i := 0; i < 3; i++ { here() } }
func entries(m map[string]int) { for range m { here() } }
func channel(c chan int) { for range c { here() } }
func ever(done func() bool)      { for { if done() { return }; here() } }
func scan(next func() bool)      { for next() { here() } }
func nested(next func() []int)   { for { for range next() { here() } } }
func behind(xs []int) { for range xs { println() }; here() }
`

func TestLoopsAround(t *testing.T) {
	program := load(t, loops)
	for name, want := range map[string][]string{
		"none": nil, "slice": {"counted"}, "number": {"counted"}, "three": {"constant"}, "entries": {"unbounded"},
		"channel": {""}, "ever": {""}, "scan": {""}, "nested": {"counted", ""}, "behind": nil,
	} {
		call := callOfHere(program.Package().Func(name))
		var got []string
		for _, loop := range LoopsAround(call.Block()) {
			if !loop.Holds(call.Block()) {
				t.Errorf("%s: a loop around the call doesn't hold it", name)
			}
			got = append(got, counting(loop))
		}
		if len(got) != len(want) {
			t.Errorf("%s: loops %q, want %q", name, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: loops %q, want %q", name, got, want)
			}
		}
	}
}

func counting(loop *Loop) string {
	bound, counted := loop.Counted()
	_, isConst := bound.(*ssa.Const)
	switch {
	case !counted:
		return ""
	case bound == nil:
		return "unbounded"
	case isConst:
		return "constant"
	}
	return "counted"
}

func callOfHere(fn *ssa.Function) ssa.Instruction {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(*ssa.Call); ok && call.Call.StaticCallee() != nil && call.Call.StaticCallee().Name() == "here" {
				return call
			}
		}
	}
	return nil
}

// Which calls of here each round comes by.
func TestEachRound(t *testing.T) {
	program := load(t, `package p

func here() {}

func always(xs []int) { for _, x := range xs { here(); if x > 0 { continue }; println() } }
func seldom(xs []int) { for _, x := range xs { if x > 0 { continue }; here() } }
`)
	for name, want := range map[string]bool{"always": true, "seldom": false} {
		call := callOfHere(program.Package().Func(name))
		if got := LoopAround(call.Block()).EachRound(call.Block()); got != want {
			t.Errorf("%s: each round comes by: %v, want %v", name, got, want)
		}
	}
}
