package drive

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"slices"
	"sync"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// exports reads the export data of the packages that aren't our own and that
// our own import. Export data is self-contained: reading one package also
// declares what it mentions of others, in packages that all share, and those
// may be walked by an analysis, which sees the scopes of everything that is
// reachable. So all of it is read before any analysis starts, and nothing is
// written afterwards.
type exports struct {
	fset *token.FileSet

	mu       sync.Mutex
	files    map[string]string // export data by import path
	packages map[string]*types.Package
	failed   map[string]error
}

func newExports(fset *token.FileSet) *exports {
	return &exports{
		fset:     fset,
		files:    make(map[string]string),
		packages: make(map[string]*types.Package),
		failed:   make(map[string]error),
	}
}

// locate says where export data lies; what failed may be tried again.
func (e *exports) locate(files map[string]string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.files, e.failed = files, make(map[string]error)
}

// load returns the package, reading it if need be. It returns nil if it
// can't be had: the go command has said why, or failures will.
func (e *exports) load(path string) *types.Package {
	e.mu.Lock()
	defer e.mu.Unlock()
	if pkg := e.packages[path]; pkg != nil && pkg.Complete() {
		return pkg
	}
	if e.failed[path] != nil {
		return nil
	}
	pkg, err := e.read(path)
	if err != nil {
		e.failed[path] = err
		return nil
	}
	return pkg
}

func (e *exports) read(path string) (*types.Package, error) {
	if e.files[path] == "" {
		return nil, errNoExport
	}
	file, err := os.Open(e.files[path])
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := exportSection(file)
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(data, e.fset, e.packages, path)
}

// exportSection finds the export data in what the go command gives for
// -export: compiled packages up to Go 1.27, bare export data later.
func exportSection(file io.Reader) (io.Reader, error) {
	return gcexportdata.NewReader(file) //nolint:staticcheck // deprecated from Go 1.29 on, needed up to 1.27
}

var errNoExport = errors.New("the go command gives none")

// failures returns what hinders packages whose export data can't be read, but
// for those of which something is known already.
func (e *exports) failures(known map[string]bool) []failure {
	var list []failure
	for _, path := range sortedKeys(e.failed) {
		if !known[path] {
			message := fmt.Sprintf("the compiled form of %s can't be read: %v", path, e.failed[path])
			list = append(list, failure{ids: []string{path}, problem: finding.Problem{Package: path, Message: message}})
		}
	}
	return list
}

// fetch has the go command compile, or find in its cache, all outside
// packages, notes where their export data lies, and reads that of the needed
// ones. It returns the packages that failed. The go command isn't asked if
// its answer is remembered.
func (e *exports) fetch(ctx context.Context, g *goCommand, memo *exportMemo, all, needed map[string]bool) ([]*listed, error) {
	if len(needed) == 0 {
		return nil, nil
	}
	if files := memo.recall(all); files != nil {
		if e.locate(files); e.loadAll(needed) {
			return nil, nil
		}
	}
	files := make(map[string]string)
	packages, err := listNamed(ctx, g, []string{"-export", "-json=ImportPath,Dir,Export,Error,DepsErrors"}, slices.Sorted(maps.Keys(all)))
	if ctx.Err() != nil {
		return nil, ctx.Err() // what it didn't come to isn't missing
	}
	for _, p := range packages {
		if p.Export != "" {
			files[p.ImportPath] = absolute(p.Dir, []string{p.Export})[0]
		} else {
			p.blame("the go command can't compile " + p.ImportPath)
		}
	}
	if e.locate(files); e.loadAll(needed) {
		memo.keep(all, files)
	}
	return withErrors(packages), err
}

// loadAll reads the export data of packages and reports whether all could be
// read. What fails is remembered for those who import it.
func (e *exports) loadAll(needed map[string]bool) bool {
	good := true
	for _, path := range slices.Sorted(maps.Keys(needed)) {
		if needed[path] && e.load(path) == nil {
			good = false
		}
	}
	return good
}

// unreadable returns an error if export data couldn't be read because the go
// command is younger than our build.
func (l *loaded) unreadable() error {
	for _, err := range l.exports.failed {
		if !errors.Is(err, errNoExport) {
			return l.env.newer()
		}
	}
	return nil
}
