// Package drive is the driver for people: it loads the packages of the
// user's own module from source against the go command's export data for
// everything else, runs the suite over them bottom-up and in parallel, and
// returns findings in a fixed order.
package drive

import (
	"context"
	"errors"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Options say what to analyse and how.
type Options struct {
	Dir       string               // where patterns are meant; "" for the working directory
	Patterns  []string             // package patterns as the go command's; none means "."
	Tags      string               // build tags, comma-separated
	Tests     bool                 // analyse test files too
	Analyzers []*analysis.Analyzer // the checks to run, in the order of the suite
	Overlay   map[string][]byte    // contents of files by absolute path, in place of the disk's
	Progress  func(Progress)       // told about each package that is done; may be nil; calls don't overlap
}

// Progress says how far a run has come.
type Progress struct {
	Done, Total int
	Package     string // import path of the package just finished
}

// A Result is what a run found.
type Result struct {
	Findings []finding.Finding // sorted, each once; hidden ones included and marked
	Problems []finding.Problem // sorted: what could not be analysed
	Packages int               // packages analysed
}

// Errors for runs in which nothing could be analysed. Their text says what
// to do; the command prints it after its own name and exits with 2.
var (
	ErrNoGo      = errors.New("the go command was not found: install Go from https://go.dev/dl or put it on your PATH")
	ErrNoModule  = errors.New("not inside a Go module: change to a module's directory, use -C dir, or run go mod init")
	ErrNoMatches = errors.New("no packages match")
)

// Run loads and analyses. The error says why nothing at all could be done;
// what hinders one package is a Problem, and the others are analysed.
func Run(ctx context.Context, opts Options) (*Result, error) {
	return nil, errors.New("drive: not written yet")
}
