package drive

import (
	"errors"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// A checked package is what analyzers see of a node: its files with types.
type checked struct {
	pkg    *types.Package // nil if there are no files
	info   *types.Info    // nil if only declarations were wanted
	files  []*ast.File
	errors []types.Error

	// incomplete says that declarations may be missing or wrong, so that
	// errors here and in importers are mere consequences: files don't parse,
	// an import can't be had, or an imported package is incomplete.
	incomplete bool
	broken     bool              // it doesn't compile
	problems   []finding.Problem // why, as far as it isn't said elsewhere
	imports    []failedImport
}

// A failedImport is where a package that can't be had is imported.
type failedImport struct {
	id string
	at finding.Range
}

// check parses and type-checks a node from some of its sources. failed says
// that the go command has found fault with it already. Of what goes wrong
// only the first stage is told, as compilers do: files that don't parse, else
// imports that can't be had, else types.
func (r *run) check(n *node, sources []*source, failed bool) *checked {
	c := &checked{broken: failed}
	var parseErrors []error
	for _, s := range sources {
		files, errs := r.reader.parse(s)
		c.files = append(c.files, files...)
		parseErrors = append(parseErrors, errs...)
	}
	c.incomplete = failed || len(parseErrors) > 0
	if len(c.files) > 0 {
		r.checkTypes(n, c)
	}
	switch {
	case len(parseErrors) > 0:
		c.broken = true
		c.problems = r.parseProblems(n, parseErrors)
	case len(c.imports) > 0:
		c.broken, c.incomplete = true, true
	case len(c.errors) > 0:
		c.broken = true
		if !c.incomplete && !n.covered {
			c.problems = r.typeProblems(n, c.errors)
		}
	}
	c.broken = c.broken || c.incomplete // what it uses may have no type, which analyzers don't expect
	return c
}

func (r *run) checkTypes(n *node, c *checked) {
	imp := &nodeImporter{run: r, node: n, failed: make(map[string]string)}
	config := types.Config{
		GoVersion:        r.env.language(n.listed),
		Importer:         imp,
		Sizes:            r.sizes,
		IgnoreFuncBodies: !n.bodies,
		Error: func(err error) {
			var typeError types.Error
			if errors.As(err, &typeError) {
				c.errors = append(c.errors, typeError)
			}
		},
	}
	if n.bodies {
		c.info = newInfo(c.files)
	}
	c.pkg, _ = config.Check(n.path, r.reader.fset, c.files, c.info) // errors went to config.Error
	c.incomplete = c.incomplete || imp.incomplete
	c.errors = imp.sift(c)
}

// newInfo makes room for what is recorded of files of this size: maps that
// grow are copied again and again. Measured on golang.org/x/tools, an
// expression has a type every 14 bytes, an identifier a use every 23, and so on.
func newInfo(files []*ast.File) *types.Info {
	size := 0
	for _, file := range files {
		size += int(file.FileEnd - file.FileStart)
	}
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue, size/14),
		Defs:         make(map[*ast.Ident]types.Object, size/115),
		Uses:         make(map[*ast.Ident]types.Object, size/23),
		Implicits:    make(map[ast.Node]types.Object, size/450),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope, size/130),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection, size/140),
		FileVersions: make(map[*ast.File]string),
	}
}

// A nodeImporter resolves the imports of one node: own packages among those
// that the schedule has done before, others from export data.
type nodeImporter struct {
	run        *run
	node       *node
	failed     map[string]string // what go/types will say of an import, and the package meant
	incomplete bool              // some own package is
}

var errImport = errors.New("see elsewhere")

// Import implements [types.Importer].
func (imp *nodeImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	id := imp.node.importID(path)
	if pkg := imp.find(id); pkg != nil {
		return pkg, nil
	}
	imp.failed[fmt.Sprintf("could not import %s (%v)", path, errImport)] = id
	return nil, errImport
}

func (imp *nodeImporter) find(id string) *types.Package {
	for _, own := range imp.node.imports {
		if own.ImportPath == id {
			pkg := imp.run.typesOf(own)
			imp.incomplete = imp.incomplete || own.incomplete
			return pkg
		}
	}
	if imp.node.cut[id] {
		return nil
	}
	return imp.run.exports.load(id)
}

// sift takes the errors that are due to failed imports out of the list, and
// those that only add a place to the error before them.
func (imp *nodeImporter) sift(c *checked) []types.Error {
	var kept []types.Error
	for _, err := range c.errors {
		id, isImport := imp.failed[err.Msg]
		switch {
		case isImport:
			at := imp.run.convert.span(err.Pos, token.NoPos)
			c.imports = append(c.imports, failedImport{id, at})
		case !strings.HasPrefix(err.Msg, "\t"):
			kept = append(kept, err)
		}
	}
	return kept
}

// maxErrors bounds the errors told about one package, as compilers do.
const maxErrors = 10

func (r *run) typeProblems(n *node, errs []types.Error) []finding.Problem {
	var list []finding.Problem
	for i, err := range errs {
		p := finding.Problem{Package: n.path, Range: r.convert.span(err.Pos, token.NoPos), Message: OneLine(err.Msg)}
		if i == maxErrors {
			p.Message = fmt.Sprintf("too many errors (%d more)", len(errs)-i)
			return append(list, p)
		}
		list = append(list, p)
	}
	return list
}

func (r *run) parseProblems(n *node, errs []error) []finding.Problem {
	var list []finding.Problem
	for _, err := range errs {
		var syntax scanner.ErrorList
		if !errors.As(err, &syntax) { // the file can't be read
			list = append(list, finding.Problem{Package: n.path, Message: OneLine(err.Error())})
			continue
		}
		syntax.RemoveMultiples() // one a line
		for _, e := range syntax {
			at := finding.Range{Start: r.convert.resolved(e.Pos)}
			list = append(list, finding.Problem{Package: n.path, Range: at, Message: OneLine(e.Msg)})
		}
	}
	return list
}
