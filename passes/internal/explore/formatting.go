package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// Packages fmt, log and testing make text of values: they call a method that
// is there for that, or read what is there to be read.

// asksForText does so for a call. When methods of the package are to be run,
// it returns the call of the prelude that runs them.
func (m *machine) asksForText(inv *invocation) *invocation {
	if inv.fn == nil || declared(inv.fn) == nil {
		return nil
	}
	first, formatted := model.AsksForText(declared(inv.fn))
	if first < 0 {
		return nil
	}
	args := inv.args
	if inv.fn.Signature.Recv() != nil {
		args = args[1:]
	}
	if first >= len(args) {
		return nil
	}
	format := value(nilRef{})
	if formatted {
		format = args[first-1]
	}
	values, _ := m.elems(args[first])
	for i, v := range values {
		if fn, _ := m.textMethod(v, verbOf(format, i)); fn != nil {
			return &invocation{fn: m.models.pkg.Func("formatAll"), args: []value{format, args[first]}, pos: inv.pos}
		}
	}
	for i, v := range values {
		m.readForText(v, verbOf(format, i))
	}
	return nil
}

// formatOne makes text of one value.
func formatOne(m *machine, inv *invocation, d delivery) {
	i, _ := inv.args[1].(int64)
	verb := verbOf(inv.args[0], int(i))
	fn, own := m.textMethod(inv.args[2], verb)
	if fn == nil {
		if !own {
			m.onBehalf++
			m.readForText(inv.args[2], verb)
			m.onBehalf--
		}
		m.deliver(d, nil)
		return
	}
	run := &invocation{fn: fn, sig: fn.Signature, args: []value{bare(inv.args[2])}, pos: inv.pos}
	for _, p := range fn.Params[1:] {
		run.args = append(run.args, m.argument(p))
	}
	m.invoke(run, d)
}

// verbOf returns what a format does with its i-th value: it may be nil, or
// unknown.
func verbOf(format value, i int) model.Verb {
	text, _ := bare(format).(string)
	if verbs, ok := model.Verbs(text); ok && i < len(verbs) {
		return verbs[i]
	}
	return model.Plain
}

// textMethod returns the method that makes the text of a value; nil if there
// is none, or if it is a library's, as own says, or the value is a nil pointer.
func (m *machine) textMethod(v value, verb model.Verb) (fn *ssa.Function, own bool) {
	i, ok := v.(iface)
	if !ok {
		return nil, false
	}
	if _, isNil := i.val.(nilRef); isNil {
		return nil, true
	}
	for _, name := range model.TextMethods {
		if !verb.Asks(name) {
			continue
		}
		if fn := m.methodNamed(i.typ, name); fn != nil {
			if fn.Blocks == nil {
				fn = nil
			}
			return fn, true
		}
	}
	return nil, false
}

// methodNamed returns an exported method of a type that makes text, nil if it
// has none.
func (m *machine) methodNamed(t types.Type, name string) *ssa.Function {
	return m.methodBy(methodKey{t, "fmt." + name}, func(set *types.MethodSet) *types.Selection {
		sel := set.Lookup(nil, name)
		if sel == nil || !makesText(sel.Type().(*types.Signature), name) {
			return nil
		}
		return sel
	})
}

// makesText reports whether a method of some name has the signature that
// package fmt looks for.
func makesText(sig *types.Signature, name string) bool {
	if name == "Format" {
		return sig.Results().Len() == 0 && sig.Params().Len() == 2 &&
			model.TypeKey(sig.Params().At(0).Type()) == "fmt.State"
	}
	return sig.Params().Len() == 0 && sig.Results().Len() == 1 &&
		types.Identical(sig.Results().At(0).Type(), types.Typ[types.String])
}

// readForText records what package fmt reads of a value that has no method
// for its text: what it points to, one level deep, the structure of maps, and
// the elements of slices.
func (m *machine) readForText(v value, verb model.Verb) {
	if i, ok := v.(iface); ok && verb.Looks() {
		m.read(i.val, i.typ, 0)
	}
}

func (m *machine) read(v value, t types.Type, depth int) {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		p, ok := v.(pointer)
		if _, opaque := u.Elem().Underlying().(*types.Struct); !ok || depth > 0 || !opaque {
			return
		}
		m.record(p, false, false, accessPlain, m.pos())
		m.read(m.load(p, u.Elem()), u.Elem(), depth+1)
	case *types.Map:
		if p, ok := v.(pointer); ok {
			m.record(p, false, false, accessMap, m.pos())
		}
	case *types.Slice:
		if s, ok := v.(slice); ok {
			m.touch(s, false)
		}
	case *types.Struct:
		if a, ok := v.(*aggregate); ok {
			for i := range min(u.NumFields(), len(a.elems)) {
				m.read(a.elems[i], u.Field(i).Type(), depth+1)
			}
		}
	}
}
