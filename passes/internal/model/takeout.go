package model

import "go/types"

// TakesOut reports whether fn removes a value of any type from one of the
// standard library's containers.
func TakesOut(fn *types.Func) bool {
	if fn == nil {
		return false
	}
	switch Key(fn) {
	case "(container/list.List).Remove", "container/heap.Pop", "container/heap.Remove", "(sync.Map).Delete", "(sync.Map).LoadAndDelete":
		return true
	}
	return false
}
