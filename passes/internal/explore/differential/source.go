package differential

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A Program is one generated function without parameters, and the constructs
// that it uses.
type Program struct {
	Name  string
	First int // its lines in the file
	Last  int
	Uses  []string
}

// A Source is a file of programs.
type Source struct {
	Programs []Program
	text     *text
}

// Generate draws n programs from a seed.
func Generate(seed uint64, n int) *Source {
	s := &Source{text: new(text)}
	s.preamble()
	for i := range n {
		p := &program{text: s.text, r: rand.New(rand.NewPCG(seed, uint64(i))), uses: make(map[string]bool)}
		name := fmt.Sprintf("P%d", i)
		first := len(s.text.lines) + 1
		p.write(name)
		s.Programs = append(s.Programs, Program{Name: name, First: first, Last: len(s.text.lines), Uses: sortedKeys(p.uses)})
	}
	return s
}

// Plain is the file as the engine reads it.
func (s *Source) Plain() string { return s.text.render(false) }

// Steered is the file as testdata/steer runs it, its lines the same.
func (s *Source) Steered() string {
	var names []string
	for _, p := range s.Programs {
		names = append(names, p.Name)
	}
	return s.text.render(true) + tableOf(names)
}

func tableOf(names []string) string {
	return "var programs = []func(){" + strings.Join(names, ", ") + "}\n"
}

func (s *Source) preamble() {
	for _, l := range []string{
		"package main", "",
		"import (", "\t\"context\"", "\t\"sync\"", "\t\"sync/atomic\"", ")", "",
		"var _ context.Context", "var _ sync.Mutex", "var _ atomic.Int32", "",
		"type box struct {", "\tmu sync.Mutex", "\tn  int", "}", "",
	} {
		s.text.add(plain, "%s", l)
	}
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
