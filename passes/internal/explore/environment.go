package explore

// Goroutines may be ordered by the world outside: one writes a file after it
// has written a variable, the other reads the variable once the file is
// there. The machine can't see such an order. So a race is less certain when
// one of its goroutines had decided by results of unknown code before its
// access, while the other calls unknown code after its own.

// informed notes that the running goroutine decides by a condition.
func (m *machine) informed(c *symbol) {
	if !m.g.informed && m.madeByCall(c, 0) {
		m.g.informed = true
	}
}

// madeByCall reports whether a condition depends on what unknown code
// returned to the running goroutine.
func (m *machine) madeByCall(v value, depth int) bool {
	s, ok := v.(*symbol)
	if !ok || depth > 8 {
		return false
	}
	if s.kind == symFresh {
		return gid(s.n>>32) == m.g.id
	}
	for _, arg := range s.args {
		if m.madeByCall(arg, depth+1) {
			return true
		}
	}
	return false
}

// settleEnvironment marks the races of the entry that the world outside may
// order, now that it is known which goroutines call unknown code.
func (m *machine) settleEnvironment() {
	for _, f := range m.found {
		for i := range f.raced {
			if other := f.raced[1-i]; f.raced[i].informed && m.callers[other.g] > other.calls {
				f.Environment = true
			}
		}
	}
}

// A racer is a goroutine of a race, at the time of its access.
type racer struct {
	g        gid
	informed bool
	calls    int32 // of unknown code, so far
}
