package drive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// A source is a list of files that are parsed together, once, for all nodes
// that hold them: a package and its test variant share the files that aren't
// tests. Syntax trees are never changed once parsed.
type source struct {
	names []string // absolute, in the order of the package
	bare  bool     // only declarations are needed: no comments, empty bodies

	users atomic.Int32
	once  sync.Once
	files []*ast.File
	errs  []error // of the scanner and parser, or of reading
}

// A reader parses sources into one file set.
type reader struct {
	fset    *token.FileSet
	overlay map[string][]byte
	digests digests
}

// ReadFile returns the contents of the file as the run sees it.
func (r *reader) ReadFile(name string) ([]byte, error) {
	if content, ok := r.overlay[name]; ok {
		return slices.Clone(content), nil // callers may keep and change it
	}
	content, err := os.ReadFile(name)
	r.digests.compare(name, content)
	return content, err
}

// parse returns the files, parsing them at the first call. Files are parsed
// one after the other, so that positions within a package are in the order of
// its files however packages run in parallel.
func (r *reader) parse(s *source) ([]*ast.File, []error) {
	s.once.Do(func() {
		for _, name := range s.names {
			file, err := r.parseFile(name, s.bare)
			if err != nil {
				s.errs = append(s.errs, err)
			}
			if file != nil {
				s.files = append(s.files, file)
			}
		}
	})
	return s.files, s.errs
}

func (r *reader) parseFile(name string, bare bool) (*ast.File, error) {
	content, err := r.ReadFile(name)
	if err != nil {
		return nil, err
	}
	mode := parser.SkipObjectResolution | parser.AllErrors
	if !bare {
		r.digests.known.LoadOrStore(name, digest(content)) // what fixes are for
		mode |= parser.ParseComments
	}
	file, err := parser.ParseFile(r.fset, name, content, mode)
	if bare && file != nil {
		emptyBodies(file)
	}
	return file, err
}

// emptyBodies drops what stands in function bodies. The bodies themselves
// stay: a function without one is an error in some places.
func emptyBodies(file *ast.File) {
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
			fn.Body = &ast.BlockStmt{Lbrace: fn.Body.Lbrace, Rbrace: fn.Body.Rbrace}
		}
	}
}

// release says that one of the users is done with the files; the last one
// lets them go.
func (s *source) release() {
	if s.users.Add(-1) == 0 {
		s.files = nil
	}
}

// attachSources gives each node its files. Those of a package and its test
// variant are shared; intermediate variants share theirs apart, bare, since
// they may be needed long after the package itself is done. compiled holds, for packages with
// cgo, the Go files that the go command compiles in place of theirs.
func attachSources(nodes []*node, packages map[string]*listed, compiled map[string][]string) {
	full := make(map[string]bool) // packages whose files are needed in full
	for _, n := range nodes {
		if n.bodies {
			full[n.path] = true
		}
	}
	shared := make(map[sourceKey]*source)
	for _, n := range nodes {
		bare := !n.bodies && (n.isIntermediate() || !full[n.path])
		plain, tests := n.goFiles(packages, compiled)
		n.plain = 1
		if tests != nil {
			n.addSource(shared, sourceKey{n.path, bare}, plain)
			n.addSource(shared, sourceKey{n.ImportPath, bare}, tests)
			continue
		}
		key := sourceKey{n.ImportPath, bare}
		if bare {
			key.id = n.path // intermediate variants have the same files
		}
		n.addSource(shared, key, plain)
	}
}

// goFiles returns the Go files of the node as they are compiled: those of
// the package and, if it is a test variant, those that the test adds.
func (n *node) goFiles(packages map[string]*listed, compiled map[string][]string) (plain, tests []string) {
	tested := packages[n.path]
	if n.path == n.ForTest && tested != nil && tested.hasFiles() {
		return goFiles(tested, compiled), testFiles(n.listed, tested)
	}
	return goFiles(n.listed, compiled), nil
}

type sourceKey struct {
	id   string
	bare bool
}

func (n *node) addSource(shared map[sourceKey]*source, key sourceKey, names []string) {
	s := shared[key]
	if s == nil {
		s = &source{names: names, bare: key.bare}
		shared[key] = s
	}
	s.users.Add(1)
	n.sources = append(n.sources, s)
}

// goFiles returns the Go files of the package as they are compiled.
func goFiles(p *listed, compiled map[string][]string) []string {
	if files := compiled[p.path()]; len(p.CgoFiles) > 0 && files != nil {
		return files
	}
	return absolute(p.Dir, p.GoFiles)
}

// testFiles returns the files that the test variant adds to the package.
func testFiles(variant, plain *listed) []string {
	return absolute(variant.Dir, slices.DeleteFunc(slices.Clone(variant.GoFiles), func(name string) bool {
		return slices.Contains(plain.GoFiles, name)
	}))
}
