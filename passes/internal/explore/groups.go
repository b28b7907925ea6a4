package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Goroutines that share no object, directly or through what they can reach,
// cannot influence one another: whatever one group does commutes with what
// the others do. So it is enough to let one group act until it can't go on,
// and then the next: the enabled transitions of a group are a persistent set
// (Godefroid, LNCS 1032).

// inOneGroup keeps the transitions of one group of goroutines: that of the
// current goroutine if it can move, else the first in the list.
func (m *machine) inOneGroup(st *state, list []transition) []transition {
	if len(list) < 2 || oneGoroutine(list) {
		return list
	}
	group := m.groups(st)
	chosen := list[0].g
	var kept []transition
	for _, t := range list {
		if group[t.g] == group[chosen] {
			kept = append(kept, t)
		}
	}
	return kept
}

func oneGoroutine(list []transition) bool {
	for _, t := range list {
		if t.g != list[0].g || t.partner != none && t.partner != list[0].partner {
			return false
		}
	}
	return true
}

// groups returns the group of each goroutine, named by a member.
func (m *machine) groups(st *state) []gid {
	parent := make([]gid, len(st.gs))
	for i := range parent {
		parent[i] = gid(i)
	}
	find := func(g gid) gid {
		for parent[g] != g {
			g = parent[g]
		}
		return g
	}
	reach := make([]*marks, len(st.gs))
	for i, g := range st.gs {
		if g == nil || g.done {
			continue
		}
		k := m.newMarks(st)
		k.code = make(map[*ssa.Function]bool)
		k.goroutine(g)
		m.markGlobals(k, g)
		reach[i] = k
	}
	owner := make([]gid, len(m.names.list)+1) // marking may have named new objects
	for i := range owner {
		owner[i] = none
	}
	for i, k := range reach {
		if k == nil {
			continue
		}
		g := gid(i)
		for id, seen := range k.seen {
			if !seen || m.isRemote(st, objID(id)) {
				continue
			}
			if owner[id] == none {
				owner[id] = g
			} else if a, b := find(owner[id]), find(g); a != b {
				parent[max(a, b)] = min(a, b)
			}
		}
	}
	for i := range parent {
		parent[i] = find(gid(i))
	}
	return parent
}

// isRemote reports whether an object came from outside and nothing of the
// program was done to it: to share it means nothing.
func (m *machine) isRemote(st *state, id objID) bool {
	sym := m.names.external(id)
	o := st.object(id)
	return o == nil || sym != nil && sym.kind != symSide && !m.isOwnGlobal(sym) && o.shadow == nil && len(o.syncs) == 0
}

// markGlobals marks the package-level variables that a goroutine's code, and
// the functions that it can reach, mention.
func (m *machine) markGlobals(k *marks, g *goroutine) {
	for _, fr := range g.frames {
		k.code[fr.code.fn] = true
	}
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
