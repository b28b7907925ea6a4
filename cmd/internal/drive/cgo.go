package drive

import (
	"context"
	"path/filepath"
	"slices"
)

// compileCgo has the go command run cgo for our own packages that need it
// and returns the Go files of each as they are compiled, and the packages
// for which that failed. Nothing else of them is compiled.
func compileCgo(ctx context.Context, g *goCommand, nodes []*node) (map[string][]string, []*listed, error) {
	var paths []string
	for _, n := range nodes {
		if len(n.CgoFiles) > 0 && !slices.Contains(paths, n.path) {
			paths = append(paths, n.path)
		}
	}
	fields := "-json=ImportPath,Dir,GoFiles,CompiledGoFiles,Error,DepsErrors"
	packages, err := listNamed(ctx, g, []string{"-compiled", fields}, paths)
	files := make(map[string][]string)
	for _, p := range packages {
		compiled := slices.DeleteFunc(p.CompiledGoFiles, notGo)
		if len(compiled) > len(p.GoFiles) {
			files[p.ImportPath] = absolute(p.Dir, compiled)
		} else {
			p.blame("cgo wrote nothing for " + p.ImportPath)
		}
	}
	return files, withErrors(packages), err
}

// notGo reports whether a compiled file is none of Go: assembly is listed
// among them. What cgo wrote lies in the go command's cache without a suffix.
func notGo(name string) bool {
	ext := filepath.Ext(name)
	return ext != ".go" && ext != ""
}
