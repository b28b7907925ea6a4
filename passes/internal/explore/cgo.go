package explore

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// While C code runs it may call Go back: by the functions that an //export
// comment gives to it, and these come to all that the package's variables
// hold at the time.

// runsC reports whether a function is the one by which cgo's stubs call C.
func runsC(fn *ssa.Function) bool {
	return fn != nil && fn.Name() == "_cgo_runtime_cgocall"
}

// exposeToC marks what C code can come to by calling back.
func (m *machine) exposeToC() {
	k := m.newMarks(m.st)
	for _, fn := range exports(m.pkg) {
		for _, id := range m.globalsOf(fn) {
			k.object(id)
		}
	}
	for id := 1; id < len(m.names.list); id++ {
		if o := m.st.object(objID(id)); o != nil && !o.escaped && k.hasObject(objID(id)) {
			m.st.mutable(objID(id)).escaped = true
		}
	}
}

// exports returns cgo's wrappers of exported functions, by name.
func exports(pkg *ssa.Package) []*ssa.Function {
	var fns []*ssa.Function
	for name, member := range pkg.Members {
		if fn, ok := member.(*ssa.Function); ok && strings.HasPrefix(name, "_cgoexp_") {
			fns = append(fns, fn)
		}
	}
	slices.SortFunc(fns, func(a, b *ssa.Function) int { return strings.Compare(a.Name(), b.Name()) })
	return fns
}
