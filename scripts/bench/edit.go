//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// places are the files that are edited: one of a package that nothing in the
// module imports, and one of the package that most others import, directly or
// not.
type places struct {
	leaf, base file
	leafPath   string
	basePath   string
	importers  int // of the base package
}

// A file is one that is edited, with what it held before.
type file struct {
	name     string
	original []byte
}

// A listing is what go list says of a package.
type listing struct {
	ImportPath, Name, Dir string
	GoFiles, Deps         []string
	Standard              bool
}

// findPlaces chooses the packages. Of several that are equal the first in
// the order of go list is taken.
func findPlaces(module string) (places, error) {
	text, err := output(module, "go", "list", "-json=ImportPath,Name,Dir,GoFiles,Deps", "./...")
	if err != nil {
		return places{}, err
	}
	packages, importers, err := readListing(text)
	if err != nil {
		return places{}, err
	}
	var p places
	for _, l := range packages {
		f, ok := editable(l)
		if !ok {
			continue
		}
		n := importers[l.ImportPath]
		if n == 0 && p.leafPath == "" {
			p.leaf, p.leafPath = f, l.ImportPath
		}
		if n > p.importers && l.Name != "main" {
			p.base, p.basePath, p.importers = f, l.ImportPath, n
		}
	}
	if p.leafPath == "" || p.basePath == "" {
		return p, errors.New("nothing to edit: it takes a package that others import and one that none does")
	}
	fmt.Fprintf(os.Stderr, "leaf %s; base %s, imported by %d of %d\n", p.leafPath, p.basePath, p.importers, len(packages))
	return p, nil
}

func readListing(text string) (packages []listing, importers map[string]int, err error) {
	importers = make(map[string]int)
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		var l listing
		if err := dec.Decode(&l); err == io.EOF {
			return packages, importers, nil
		} else if err != nil {
			return nil, nil, err
		}
		packages = append(packages, l)
		for _, dependency := range l.Deps {
			importers[dependency]++
		}
	}
}

// editable returns the first file of a package that has a function with a
// body.
func editable(l listing) (file, bool) {
	for _, name := range l.GoFiles {
		f := file{name: filepath.Join(l.Dir, name)}
		var err error
		if f.original, err = os.ReadFile(f.name); err == nil && f.body() > 0 {
			return f, true
		}
	}
	return file{}, false
}

// body returns the offset at which the body of the first function begins, 0
// if there is none.
func (f file) body() int {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, f.name, f.original, parser.SkipObjectResolution)
	if err != nil {
		return 0
	}
	for _, decl := range parsed.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
			return fset.Position(fn.Body.Lbrace).Offset + 1
		}
	}
	return 0
}

// editBody puts a statement in front of a function's body.
func editBody(f file) error {
	at := f.body()
	return os.WriteFile(f.name, []byte(string(f.original[:at])+"\n\t_ = \"measured\"\n"+string(f.original[at:])), 0o666)
}

// addExported adds an exported function to the file as it is by now.
func addExported(f file) error {
	content, err := os.ReadFile(f.name)
	if err != nil {
		return err
	}
	content = bytes.TrimRight(content, "\n")
	return os.WriteFile(f.name, append(content, "\n\n// Measured is new.\nfunc Measured() {}\n"...), 0o666)
}

// restore undoes all edits.
func (p places) restore() {
	for _, f := range []file{p.leaf, p.base} {
		_ = os.WriteFile(f.name, f.original, 0o666) // the module is a copy
	}
}
