package model

import "go/types"

// Visits reports whether fn calls the function that it is given for each of
// the things that it comes by, on the caller's goroutine, and is done with it
// when it returns.
func Visits(fn *types.Func) bool {
	switch Key(fn) {
	case "path/filepath.WalkDir", "path/filepath.Walk", "io/fs.WalkDir",
		"(sync.Map).Range", "(container/ring.Ring).Do", "go/ast.Inspect", "(log/slog.Record).Attrs":
		return true
	}
	return false
}
