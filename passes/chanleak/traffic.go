package chanleak

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A traffic is all that the package does to the channels of one class: those
// of a field, whose objects aren't told apart, or of a local variable.
type traffic struct {
	made     []*ssa.MakeChan
	sends    []ssa.Instruction // *ssa.Send or *ssa.Select
	receives []ssa.Instruction // *ssa.UnOp or *ssa.Select
	closes   []ssa.Instruction
	escapes  bool // it gets channels from elsewhere, or they go where it isn't seen
}

// roads knows the traffic of the package's channels.
type roads struct {
	evidence *sharing.Evidence
	known    map[any]*traffic
	fields   map[*ssa.MakeChan]any // of a channel that is made for a field: that
}

func findRoads(evidence *sharing.Evidence) *roads {
	r := &roads{evidence: evidence, known: make(map[any]*traffic), fields: make(map[*ssa.MakeChan]any)}
	for _, fn := range evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			if store, ok := instr.(*ssa.Store); ok {
				r.keep(store)
			}
		})
	}
	for _, fn := range evidence.Functions() {
		sharing.Instructions(fn, r.note)
	}
	return r
}

// keep notes the field that a channel is made for.
func (r *roads) keep(store *ssa.Store) {
	made, ok := directed(store.Val).(*ssa.MakeChan)
	if field := r.evidence.Assigned(store.Addr).Field; ok && field != nil {
		r.fields[made] = field
	}
}

// directed returns the channel that a value is with one direction only.
func directed(v ssa.Value) ssa.Value {
	for {
		convert, ok := v.(*ssa.ChangeType)
		if !ok {
			return v
		}
		v = convert.X
	}
}

func (r *roads) class(channel ssa.Value) any {
	class := r.evidence.PlaceOf(channel).Class()
	if made, ok := class.(*ssa.MakeChan); ok && r.fields[made] != nil {
		return r.fields[made]
	}
	return class
}

func (r *roads) of(class any) *traffic {
	t := r.known[class]
	if t == nil {
		t = new(traffic)
		r.known[class] = t
	}
	return t
}

// note counts what an instruction does to channels.
func (r *roads) note(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.DebugRef, *ssa.MakeClosure, *ssa.BinOp, *ssa.ChangeType:
	case *ssa.Send:
		r.communicate(instr, instr.Chan, instr.X)
	case *ssa.Select:
		for _, state := range instr.States {
			r.communicate(instr, state.Chan, state.Send)
		}
	case *ssa.MakeChan:
		r.made(instr, r.class(instr))
	case *ssa.Store:
		r.store(instr)
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			r.communicate(instr, instr.X, nil)
		}
	case ssa.CallInstruction:
		r.call(instr)
	default:
		for _, operand := range instr.Operands(nil) {
			r.escapes(*operand)
		}
	}
}

func (r *roads) made(channel *ssa.MakeChan, class any) {
	if t := r.of(class); !slices.Contains(t.made, channel) {
		t.made = append(t.made, channel)
	}
}

// communicate counts a send of a value, or a receive.
func (r *roads) communicate(instr ssa.Instruction, channel, sent ssa.Value) {
	t := r.of(r.class(channel))
	if sent == nil {
		t.receives = append(t.receives, instr)
		return
	}
	t.sends = append(t.sends, instr)
	r.escapes(sent)
}

func (r *roads) call(call ssa.CallInstruction) {
	switch program.Builtin(call.Common()) {
	case "close":
		t := r.of(r.class(call.Common().Args[0]))
		t.closes = append(t.closes, call)
	case "len", "cap":
	default:
		for _, operand := range call.Operands(nil) {
			r.escapes(*operand)
		}
	}
}

// escapes notes that a value is used where it isn't followed.
func (r *roads) escapes(v ssa.Value) {
	if v != nil && match.IsChan(v.Type()) {
		r.of(r.class(v)).escapes = true
	}
}

// store counts the channel that a variable is given: one that is made for it.
func (r *roads) store(store *ssa.Store) {
	if !match.IsChan(store.Val.Type()) {
		return
	}
	class := r.evidence.Assigned(store.Addr).Class()
	switch value := directed(store.Val).(type) {
	case *ssa.MakeChan:
		r.made(value, class)
	case *ssa.Const: // nil
	default:
		r.of(class).escapes = true
		r.escapes(value)
	}
}

// closed reports whether only the package itself can name the variable of a
// class.
func closed(class any, pkg *types.Package) bool {
	field, isField := class.(*types.Var)
	return !isField || !field.Exported() || pkg.Name() == "main"
}
