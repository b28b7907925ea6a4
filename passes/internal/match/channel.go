package match

import "go/types"

// IsChan reports whether the values of a type are channels.
func IsChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}
