package hotprofile

import (
	"path"
	"strings"

	"github.com/google/pprof/profile"
)

// folders tells which package a folder holds, by the functions of a profile
// whose names say so.
//
// They are needed for literals of inlined functions: the compiler makes such
// a literal anew for each call, and its name begins with the package and the
// function around the call, b.Caller.(*T).All.func1 for one in a.(*T).All
// (cmd/compile/internal/ir, closureName). Only its file is still that of a.
type folders struct {
	holds map[string]string  // import path by folder, those above packages included
	known map[[2]string]bool // folder and package of a declared function
}

func foldersOf(functions []*profile.Function) folders {
	f := folders{make(map[string]string), make(map[[2]string]bool)}
	for _, function := range functions {
		line := lineOf(function)
		if dir := path.Dir(line.File); line.Package != "" && !line.literal() && !f.known[[2]string{dir, line.Package}] {
			f.known[[2]string{dir, line.Package}] = true
			if line.Package != "main" && !strings.HasSuffix(line.Package, "_test") {
				f.learn(dir, line.Package)
			}
		}
	}
	return f
}

// learn notes a package's folder, and what follows for the folders around it
// as long as their names go together.
func (f folders) learn(dir, pkg string) {
	f.holds[dir] = pkg
	for pkg != "." && path.Base(dir) == path.Base(pkg) {
		dir, pkg = path.Dir(dir), path.Dir(pkg)
		if f.holds[dir] == "" {
			f.holds[dir] = pkg
		}
	}
}

// home returns the package in whose file the line is.
func (f folders) home(line Line) string {
	dir := path.Dir(line.File)
	if !line.literal() || f.known[[2]string{dir, line.Package}] {
		return line.Package
	}
	if f.holds[dir] != "" {
		return f.holds[dir]
	}
	if strings.Count(line.Outer(), ".") < 2 {
		return line.Package // a method's own literal, for all that is known
	}
	for up := path.Dir(dir); up != path.Dir(up); up = path.Dir(up) {
		if pkg := f.holds[up]; pkg != "" {
			return path.Join(pkg, strings.TrimPrefix(dir, up))
		}
	}
	return line.Package
}
