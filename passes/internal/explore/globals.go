package explore

import (
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Which package-level variables code mentions, and which of them change.

// nameGlobals gives the variables of the package their names, which all
// entries share.
func (m *machine) nameGlobals() {
	m.st = m.base
	for _, name := range slices.Sorted(maps.Keys(m.pkg.Members)) {
		if v, ok := m.pkg.Members[name].(*ssa.Global); ok {
			m.global(v)
		}
	}
}

// markGlobals marks the package-level variables that code which was met, and
// the functions that it can reach, mention.
func (m *machine) markGlobals(k *marks) {
	for fn := range k.code {
		for _, id := range m.globalsOf(fn) {
			k.object(id)
		}
	}
}

// globalsOf returns the objects of the variables that a function and those
// that it uses mention. Methods called through interfaces are taken by name.
func (m *machine) globalsOf(fn *ssa.Function) []objID {
	if ids, ok := m.mentioned[fn]; ok {
		return ids
	}
	seen := make(map[*ssa.Function]bool)
	var ids []objID
	var visit func(fn *ssa.Function)
	visit = func(fn *ssa.Function) {
		if seen[fn] || fn.Prog == m.models.prog {
			return
		}
		seen[fn] = true
		var buf [16]*ssa.Value
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				for _, v := range instr.Operands(buf[:0]) {
					switch v := (*v).(type) {
					case *ssa.Function:
						visit(v)
					case *ssa.Global:
						if v.Pkg == m.pkg {
							ids = append(ids, m.global(v))
						}
					}
				}
				if c, ok := instr.(ssa.CallInstruction); ok && c.Common().IsInvoke() {
					for _, impl := range m.methodsNamed(c.Common().Method.Name()) {
						visit(impl)
					}
				}
			}
		}
	}
	visit(fn)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	m.mentioned[fn] = ids
	return ids
}

// methodsNamed returns the methods of the package's types with a name.
func (m *machine) methodsNamed(name string) []*ssa.Function {
	if m.byName == nil {
		m.byName = make(map[string][]*ssa.Function)
		for _, member := range m.pkg.Members {
			if t, ok := member.(*ssa.Type); ok {
				m.addMethods(t)
			}
		}
	}
	return m.byName[name]
}

func (m *machine) addMethods(t *ssa.Type) {
	named, ok := t.Type().(*types.Named)
	if !ok {
		return
	}
	for method := range named.Methods() {
		if fn := m.pkg.Prog.FuncValue(method); fn != nil {
			m.byName[fn.Name()] = append(m.byName[fn.Name()], fn)
		}
	}
}

// isSettled reports whether a variable of the package is only read once the
// package is initialised.
func (m *machine) isSettled(v *ssa.Global) bool {
	if v.Pkg != m.pkg {
		return false
	}
	if m.changing == nil {
		m.changing = make(map[*ssa.Global]bool)
		m.eachFunction(func(fn *ssa.Function) { noteSet(m.changing, fn) })
	}
	return !m.changing[v]
}

// noteSet adds the variables that a function writes, or whose address it
// takes.
func noteSet(set map[*ssa.Global]bool, fn *ssa.Function) {
	var buf [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if load, ok := instr.(*ssa.UnOp); ok && load.Op == token.MUL {
				continue
			}
			for _, v := range instr.Operands(buf[:0]) {
				if g, ok := (*v).(*ssa.Global); ok {
					set[g] = true
				}
			}
		}
	}
}

// eachFunction visits the functions of the package, literals included, but
// for those that initialise it.
func (m *machine) eachFunction(visit func(fn *ssa.Function)) {
	var whole func(fn *ssa.Function)
	whole = func(fn *ssa.Function) {
		visit(fn)
		for _, anon := range fn.AnonFuncs {
			whole(anon)
		}
	}
	for name, member := range m.pkg.Members {
		switch member := member.(type) {
		case *ssa.Function:
			if name != "init" && !strings.HasPrefix(name, "init#") {
				visit(member)
			}
			for _, anon := range member.AnonFuncs {
				whole(anon)
			}
		case *ssa.Type:
			named, ok := member.Type().(*types.Named)
			if !ok {
				continue
			}
			for method := range named.Methods() {
				if fn := m.pkg.Prog.FuncValue(method); fn != nil {
					whole(fn)
				}
			}
		}
	}
}
