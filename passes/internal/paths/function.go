package paths

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// OnlyCalled reports whether all that is done with a function literal is that
// its function calls it, defers it or starts it.
func OnlyCalled(closure ssa.Value) bool {
	for _, ref := range *closure.Referrers() {
		if _, debug := ref.(*ssa.DebugRef); debug {
			continue
		}
		if call, ok := ref.(ssa.CallInstruction); !ok || call.Common().Value != closure {
			return false
		}
	}
	return true
}

// NamedToTake reports whether a function says by its name that it takes, or
// gives back, for others.
func NamedToTake(fn *ssa.Function) bool {
	for _, word := range words(fn.Name()) {
		switch word {
		case "lock", "locked", "rlock", "trylock", "unlock", "runlock", "acquire", "relock":
			return true
		}
	}
	return false
}

// words splits a name at its capital letters: "lockAll" is lock and all.
func words(name string) []string {
	var list []string
	start := 0
	for i, r := range name {
		if i > start && r >= 'A' && r <= 'Z' && (name[i-1] < 'A' || name[i-1] > 'Z') {
			list = append(list, strings.ToLower(name[start:i]))
			start = i
		}
	}
	return append(list, strings.ToLower(name[start:]))
}
