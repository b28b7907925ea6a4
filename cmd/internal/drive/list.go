package drive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A listed package is what go list says of a package or test variant.
type listed struct {
	ImportPath string // "p", "p [q.test]", "p_test [p.test]" or "p.test"
	Name       string
	Dir        string
	ForTest    string // the package that the variant tests
	DepOnly    bool
	Standard   bool
	Match      []string

	GoFiles, CgoFiles, InvalidGoFiles []string
	CompiledGoFiles                   []string // only asked for where there is cgo
	IgnoredGoFiles, IgnoredOtherFiles []string

	CFiles, CXXFiles, MFiles, HFiles, FFiles, SFiles []string
	SwigFiles, SwigCXXFiles, SysoFiles               []string

	Imports   []string          // import paths as in ImportPath, "C" included
	ImportMap map[string]string // from paths in source, where they differ
	Module    *moduleInfo
	Export    string // only asked for outside packages
	Error     *listError

	DepsErrors []*listError // not asked for in the graph, where each has its own package
}

// A moduleInfo is what analyzers learn of a module, and the hash of its
// contents, which only those in the module cache have.
type moduleInfo struct {
	analysis.Module
	Sum string
}

// A listError is what hinders the go command with one package.
type listError struct {
	ImportStack []string
	Pos         string // "file:line:column", relative to the working directory
	Err         string
}

// graphFields are the fields of [listed] that the graph needs; the go command
// computes only what is asked for.
const graphFields = "-json=ImportPath,Name,Dir,ForTest,DepOnly,Standard,Match," +
	"GoFiles,CgoFiles,InvalidGoFiles,IgnoredGoFiles,IgnoredOtherFiles," +
	"CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles," +
	"Imports,ImportMap,Module,Error"

// isTestMain reports whether the package is a generated test command. Those
// match no pattern, which tells them from a command in a folder named x.test.
func (p *listed) isTestMain() bool {
	return p.Name == "main" && strings.HasSuffix(p.ImportPath, ".test") && len(p.Match) == 0
}

// hasFiles reports whether there is a package at all: without, the record
// stands for an import or pattern that leads nowhere.
func (p *listed) hasFiles() bool {
	return len(p.GoFiles)+len(p.CgoFiles)+len(p.InvalidGoFiles) > 0
}

// path returns the import path without what names the variant.
func (p *listed) path() string {
	path, _, _ := strings.Cut(p.ImportPath, " ")
	return path
}

// subject returns the package that is meant: of a test variant, the one tested.
func (p *listed) subject() string {
	if p.ForTest != "" {
		return p.ForTest
	}
	return p.ImportPath
}

// isIntermediate reports whether the package is rebuilt because the test of
// another package changes something that it imports.
func (p *listed) isIntermediate() bool {
	return p.ForTest != "" && p.path() != p.ForTest && p.path() != p.ForTest+"_test"
}

// otherFiles returns the absolute names of the non-Go files.
func (p *listed) otherFiles() []string {
	return absolute(p.Dir, slices.Concat(p.CFiles, p.CXXFiles, p.MFiles, p.HFiles, p.FFiles,
		p.SFiles, p.SwigFiles, p.SwigCXXFiles, p.SysoFiles))
}

func (p *listed) ignoredFiles() []string {
	return absolute(p.Dir, slices.Concat(p.IgnoredGoFiles, p.IgnoredOtherFiles))
}

func absolute(dir string, names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		list[i] = name
	}
	return list
}

// listGraph asks for what the patterns match and all its dependencies,
// dependencies first. The second result holds what the go command complains
// of beside the packages, such as patterns that match nothing.
func listGraph(ctx context.Context, g *goCommand, opts Options) ([]*listed, []string, error) {
	args := []string{"-deps", graphFields}
	if opts.Tests {
		args = append(args, "-test")
	}
	patterns := opts.Patterns
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	out, runErr := g.list(ctx, args, patterns)
	packages, err := decodeList(out.stdout)
	switch {
	case runErr != nil && (len(packages) == 0 || ctx.Err() != nil):
		return nil, nil, runErr
	case err != nil:
		return nil, nil, err
	}
	return packages, complaints(out.stderr, runErr), noMatches(patterns, packages)
}

func decodeList(data []byte) ([]*listed, error) {
	var packages []*listed
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		p := new(listed)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("unexpected output of go list: %w", err)
		}
		packages = append(packages, p)
	}
}

// listNamed lists packages by import path, with flags of go list, in as many
// calls as the system's limit on command lines asks for.
func listNamed(ctx context.Context, g *goCommand, flags, paths []string) ([]*listed, error) {
	var packages []*listed
	for _, chunk := range chunks(paths, argsLimit()) {
		out, runErr := g.list(ctx, flags, chunk)
		list, err := decodeList(out.stdout)
		if ctx.Err() != nil || runErr != nil && len(list) == 0 {
			return packages, runErr
		}
		if err != nil {
			return packages, err
		}
		packages = append(packages, list...)
	}
	return packages, nil
}

// argsLimit bounds the bytes of import paths on one command line: Windows
// takes 32 KB in all.
func argsLimit() int {
	if runtime.GOOS == "windows" {
		return 24 << 10
	}
	return 256 << 10
}

// chunks splits a list so that no part is longer than limit bytes.
func chunks(list []string, limit int) [][]string {
	var parts [][]string
	size := limit
	for _, s := range list {
		size += len(s) + 1
		if size > limit {
			parts = append(parts, nil)
			size = len(s) + 1
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], s)
	}
	return parts
}

// blame sees to it that a package for which the go command didn't deliver has
// an error: its own, that of something it depends on (golang/go#38990), or
// the one given.
func (p *listed) blame(otherwise string) {
	switch {
	case p.Error != nil:
	case len(p.DepsErrors) > 0:
		p.Error = p.DepsErrors[0]
	default:
		p.Error = &listError{Err: otherwise + "; go build may say why"}
	}
}

// withErrors returns the packages that the go command found fault with.
func withErrors(packages []*listed) []*listed {
	var list []*listed
	for _, p := range packages {
		if p.Error != nil {
			list = append(list, p)
		}
	}
	return list
}

// noMatches returns an error if no pattern leads to a package.
func noMatches(patterns []string, packages []*listed) error {
	var unmatched []string
	reason := ""
	for _, p := range packages {
		if p.DepOnly || p.isTestMain() {
			continue
		}
		if p.hasFiles() || p.Error == nil || isOnlyTests(p) {
			return nil
		}
		unmatched = append(unmatched, p.Match...)
		if reason == "" {
			reason = ": " + OneLine(p.Error.Err)
		}
	}
	if unmatched == nil {
		unmatched = patterns
	}
	return fmt.Errorf("%w %s%s", ErrNoMatches, strings.Join(unmatched, " "), reason)
}

// isOnlyTests reports whether all files of the package are tests: nothing to
// do with -tests=false, but nothing wrong either.
func isOnlyTests(p *listed) bool {
	return p.Error != nil && strings.HasPrefix(p.Error.Err, "no non-test Go files")
}

// complaints returns, one line each, what the go command says on standard
// error that concerns the user although packages were listed.
func complaints(stderr string, runErr error) []string {
	if runErr != nil {
		return []string{OneLine(runErr.Error())}
	}
	var list []string
	for line := range strings.Lines(stderr) {
		pattern, ok := strings.CutPrefix(strings.TrimSpace(line), "go: warning: ")
		if pattern, ok2 := strings.CutSuffix(pattern, " matched no packages"); ok && ok2 {
			list = append(list, ErrNoMatches.Error()+" "+strings.Trim(pattern, `"`))
		}
	}
	return list
}
