// Package compiler asks the Go compiler what it decided about lines of code:
// what lives on the heap and why, and what isn't inlined and why.
//
// The answers are those of go list -export -gcflags=-m=2. The go command
// keeps what the compiler wrote with what it compiled, so that only the first
// question about a version of a package compiles it. Profile-guided
// optimisation is off: with it all dependencies would be compiled anew.
package compiler

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Kind says what was decided.
type Kind string

// The kinds that are kept.
const (
	Escapes    Kind = "escapes"     // lives on the heap
	Stays      Kind = "stays"       // lives on the stack
	NotInlined Kind = "not inlined" // a function that is called each time
)

// A Decision is one thing that the compiler decided.
type Decision struct {
	Kind         Kind
	Line, Column int
	Subject      string // what it is about, as the compiler spells it
	Reason       string // why, as the compiler says it; "" if it doesn't
}

// String is the decision as the compiler words it, with its reason.
func (d Decision) String() string {
	because := ""
	if d.Reason != "" {
		because = " because of " + d.Reason
	}
	switch d.Kind {
	case Escapes:
		return d.Subject + " escapes to heap" + because
	case Stays:
		return d.Subject + " does not escape"
	}
	return "cannot inline " + d.Subject + ": " + d.Reason
}

// Words are the decisions on all files asked about.
type Words struct{ files map[string][]Decision }

// At returns the decisions on one line, in the order of columns.
func (w *Words) At(file string, line int) []Decision {
	if w == nil {
		return nil
	}
	var list []Decision
	for _, d := range w.files[file] {
		if d.Line == line {
			list = append(list, d)
		}
	}
	return list
}

// A Question says which packages are compiled, and how.
type Question struct {
	Dir      string // "" for the working directory
	Tags     string
	Tests    bool // their tests, too
	Packages []string
}

// Ask compiles the packages. The error says what kept the compiler from its
// work; what it said of other packages is returned all the same.
func Ask(ctx context.Context, q Question) (*Words, error) {
	args := []string{"list", "-e", "-export", "-buildvcs=false", "-pgo=off", "-gcflags=-m=2"}
	if q.Tests {
		args = append(args, "-test")
	}
	if q.Tags != "" {
		args = append(args, "-tags="+q.Tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), q.Packages...)...)
	cmd.Dir = q.Dir
	cmd.WaitDelay = 2 * time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	dir, absErr := filepath.Abs(q.Dir)
	if absErr != nil {
		return nil, absErr
	}
	words := parse(stderr.String(), dir)
	if err != nil {
		first, _, _ := strings.Cut(stderr.String(), "\n")
		err = errors.New(strings.TrimPrefix(strings.TrimSpace(first), "go: "))
	}
	return words, err
}

// add keeps a decision once: tests compile a package a second time.
func (w *Words) add(file string, d Decision) {
	for i, known := range w.files[file] {
		if known.Kind == d.Kind && known.Line == d.Line && known.Column == d.Column {
			if known.Reason == "" && d.Reason != "" {
				w.files[file][i] = d
			}
			return
		}
	}
	w.files[file] = append(w.files[file], d)
}

func (w *Words) sort() {
	for _, list := range w.files {
		slices.SortStableFunc(list, func(a, b Decision) int {
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return a.Column - b.Column
		})
	}
}
