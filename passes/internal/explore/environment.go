package explore

import (
	"go/types"
)

// Goroutines may be ordered by the world outside: one writes a file after it
// has written a variable, the other reads the variable once the file is
// there. The machine can't see such an order. Tests do so often: both ends of
// a connection are theirs. So a race of a test is less certain when one of its
// goroutines had decided by results of unknown code before its access, while
// the other calls unknown code after its own. In other code a race is less
// certain when both have called the runtime, or functions of the package itself
// that aren't written in Go: these may order them.

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
		if len(f.raced) == 2 && f.raced[0].hooked && f.raced[1].hooked {
			f.Environment = true
		}
		if m.entry.Kind != Test {
			continue
		}
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
	hooked   bool
	calls    int32 // of unknown code, so far
	served   *servedSite
}

// getenv is os.Getenv. Tests are run as go test runs them, where nobody has
// set a variable that they ask for: those of every environment aside it is
// empty. So what a test does in a process that it starts of itself, where a
// variable says so, isn't taken for the test: there it crashes, races and
// leaks on purpose.
func getenv(m *machine, inv *invocation, d delivery) {
	if m.unset(inv.args[0]) {
		m.deliver(d, "")
		return
	}
	m.deliver(d, m.fresh(types.Typ[types.String]))
}

// lookupEnv is os.LookupEnv.
func lookupEnv(m *machine, inv *invocation, d delivery) {
	if m.unset(inv.args[0]) {
		m.deliver(d, &aggregate{[]value{"", false}})
		return
	}
	m.deliver(d, m.fresh(inv.result))
}

func (m *machine) unset(name value) bool {
	s, ok := name.(string)
	return ok && !everywhereSet[s] && m.inTest()
}

// everywhereSet lists the variables that a test can count on (environ(7) and
// cmd/go's documentation, Environment variables).
var everywhereSet = map[string]bool{
	"HOME": true, "PATH": true, "USER": true, "SHELL": true, "PWD": true, "TMPDIR": true, "TEMP": true, "TMP": true,
	"USERPROFILE": true, "SystemRoot": true, "GOROOT": true, "GOPATH": true, "GOCACHE": true,
}
