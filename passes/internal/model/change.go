package model

import "go/types"

// changing lists the first words of methods that change their receiver, as
// names of containers' methods go.
var changing = map[string]bool{
	"add": true, "append": true, "clear": true, "delete": true, "del": true, "drop": true, "enqueue": true, "dequeue": true,
	"evict": true, "expire": true, "insert": true, "merge": true, "pop": true, "prune": true, "purge": true, "push": true, "put": true,
	"register": true, "remove": true, "replace": true, "reset": true, "set": true, "store": true, "swap": true, "truncate": true,
	"unregister": true, "unset": true, "update": true, "upsert": true,
}

// Changes reports whether a method of an object that holds nothing but data
// changes it, as its signature and name say: it returns nothing and is given
// nothing that it could change instead, or it is called so.
func Changes(fn *types.Func) bool {
	if changing[FirstWord(fn.Name())] {
		return true
	}
	sig := fn.Signature()
	if sig.Results().Len() > 0 {
		return false
	}
	for param := range sig.Params().Variables() {
		switch param.Type().Underlying().(type) {
		case *types.Basic, *types.Struct:
		default:
			return false
		}
	}
	return true
}
