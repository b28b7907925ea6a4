package sharing

import "golang.org/x/tools/go/ssa"

// Reaches reports whether an instruction can run after another of the same
// function.
func Reaches(from, to ssa.Instruction) bool { return reachableFrom(from, nil).has(to) }

// HeldByCallers returns the locks that functions of the package hold where
// they call a function by name.
func (e *Evidence) HeldByCallers(fn *ssa.Function) []Held {
	var list []Held
	for _, site := range e.calls.sites[fn] {
		list = append(list, e.HeldAt(site))
	}
	return list
}
