package explore

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// An Entry is a function that exploration starts from.
type Entry struct {
	Name string
	Func *ssa.Function
	Kind EntryKind

	library bool // code around it goes on after it and holds its parameters
	value   bool // nobody names it but as a method value: who calls it isn't seen
	client  *client
}

// An EntryKind says why a function is an entry.
type EntryKind uint8

// The kinds of entries.
const (
	Main       EntryKind = iota // main.main: the process ends with it
	Test                        // tests, benchmarks, examples, fuzz targets
	Spawn                       // a function from which a go statement is reachable
	Client                      // code outside of the package that uses a type
	Sequential                  // starts no goroutine, but closes, locks or counts
)

// arguments returns the parameters of an entry: unknown, but the receiver
// and pointers aren't nil. A test gets a *testing.T that the models know.
func (e *Entry) arguments(m *machine) []value {
	var args []value
	for i, p := range e.Func.Params {
		s := m.syms.intern(symParam, p.Type(), nil, e.Func, int64(i))
		if _, isPointer := p.Type().Underlying().(*types.Pointer); isPointer || e.Func.Signature.Recv() != nil && i == 0 || e.Kind == Test {
			m.assumeNonNil(s)
		}
		if e.Kind == Test {
			m.assumeRounds(s)
		}
		args = append(args, s)
	}
	for range e.Func.FreeVars {
		args = append(args, m.fresh(nil))
	}
	return args
}

// assumeRounds settles that a benchmark runs at least once.
func (m *machine) assumeRounds(s *symbol) {
	b := model.ReceiverNamed(s.typ)
	if model.TypeKey(s.typ) != "testing.B" {
		return
	}
	fields := b.Underlying().(*types.Struct)
	for i := range fields.NumFields() {
		if fields.Field(i).Name() == "N" {
			_, content := m.content(s)
			n := m.syms.elem(content.(*symbol), int64(i), fields.Field(i).Type())
			m.st.facts = m.st.facts.with(m.syms.comparison(token.LSS, int64(0), n), true)
		}
	}
}

// standsForOthers reports whether an entry shows how code is used: a
// benchmark, whose length is unknown, or an example.
func (e *Entry) standsForOthers() bool {
	return e.Kind == Test && (strings.HasPrefix(e.Func.Name(), "Benchmark") || strings.HasPrefix(e.Func.Name(), "Example"))
}

// mayHoldMore reports whether one side of a race holds a lock, which the
// caller of the entry may hold on the other side.
func (f *Finding) mayHoldMore() bool {
	if f.Kind != KindRace && f.Kind != KindMapRace {
		return false
	}
	for i := range f.Ops {
		if f.Ops[i].Goroutine == 0 && len(f.Ops[i].Locks) == 0 && len(f.Ops[1-i].Locks) > 0 {
			return true
		}
	}
	return false
}
