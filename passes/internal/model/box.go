package model

import "go/types"

// boxes lists functions that keep an argument in an interface on the heap,
// with the argument's index, the receiver not counted (their documentation
// and code).
var boxes = map[string]int{
	"container/heap.Push":                1,
	"(container/list.List).PushBack":     0,
	"(container/list.List).PushFront":    0,
	"(container/list.List).InsertBefore": 0,
	"(container/list.List).InsertAfter":  0,
}

// Boxes returns the index of the argument that fn keeps in an interface on
// the heap, or -1.
func Boxes(fn *types.Func) int {
	if index, ok := boxes[Key(fn)]; ok {
		return index
	}
	return -1
}
