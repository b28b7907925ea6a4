package explore

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Where the package's initialiser can't be run to its end, what it would have
// set isn't known: to take it for zero would make nil of channels, maps and
// functions that are there.

// setByInit returns the variables of the package that its initialisers mention
// other than by reading them.
func setByInit(pkg *ssa.Package) map[*ssa.Global]bool {
	set := make(map[*ssa.Global]bool)
	for name, member := range pkg.Members {
		fn, ok := member.(*ssa.Function)
		if !ok || name != "init" && !strings.HasPrefix(name, "init#") {
			continue
		}
		noteSet(set, fn)
		for _, literal := range fn.AnonFuncs {
			noteSet(set, literal)
		}
	}
	return set
}

// leftOpen returns the value of a variable of which only that is known that
// the initialiser sets it; nil for those whose zero value is used as it is.
func (m *machine) leftOpen(v *ssa.Global, t types.Type) value {
	if !m.leftUnset[v] {
		return nil
	}
	return m.syms.intern(symDeref, t, []value{m.syms.intern(symGlobal, v.Type(), nil, v, 0)}, nil, 0)
}
