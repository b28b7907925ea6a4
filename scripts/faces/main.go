// Command faces asks whether goconclint says the same to people, as a vet
// tool, under x/tools' own driver and in golangci-lint, on real modules:
//
//	go run ./scripts/faces [-checks LIST] [-golangci FILE] MODULE …
//
// golangci-lint takes part if a binary of it is named that has our plugin, as
// "go build" in integrations/golangci makes it.
//
// It prints how many findings each face has, and those that not all of them
// have. docs/command.md says which differences there may be: each is one of
// low confidence or silenced, or rests on what only one face knows of other
// modules. The exit status is 1 if a module has findings that people don't see.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	checks := flag.String("checks", "all", "checks or groups to switch on beside the default ones")
	golangci := flag.String("golangci", "", "a golangci-lint with our plugin, to be compared too")
	flag.Parse()
	more, err := run(*checks, *golangci, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "faces:", err)
		os.Exit(2)
	}
	if more {
		os.Exit(1)
	}
}

// A face is a way to run goconclint.
type face struct {
	name    string
	command []string
	plain   func(message string) string // the message as people see it; nil for as it is
}

func run(checks, golangci string, modules []string) (more bool, err error) {
	bin, err := os.MkdirTemp("", "faces")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(bin)
	ours := filepath.Join(bin, "goconclint")
	build := exec.Command("go", "build", "-o", ours, "github.com/goconclint/goconclint/cmd/goconclint")
	if out, err := build.CombinedOutput(); err != nil {
		return false, fmt.Errorf("%w\n%s", err, out)
	}
	enable := "-enable=" + checks
	people := face{command: []string{ours, "-f=line", enable, "./..."}}
	others := []face{
		{name: "go vet", command: []string{"go", "vet", "-vettool=" + ours, enable, "./..."}},
		{name: "goconclint -multichecker", command: []string{ours, "-multichecker", enable, "./..."}},
	}
	if golangci != "" {
		plugin, err := pluginFace(golangci, checks, bin)
		if err != nil {
			return false, err
		}
		others = append(others, plugin)
	}
	for _, module := range modules {
		differs, err := compare(module, people, others)
		if err != nil {
			return more, err
		}
		more = more || differs
	}
	return more, nil
}

// compare shows how the faces differ on a module, and reports whether one has
// findings that people don't see.
func compare(module string, people face, others []face) (more bool, err error) {
	seen, err := people.findings(module)
	if err != nil {
		return false, err
	}
	fmt.Printf("%s: people see %d\n", filepath.Base(module), len(seen))
	for _, f := range others {
		found, err := f.findings(module)
		if err != nil {
			return more, err
		}
		fmt.Printf("  %s: %d\n", f.name, len(found))
		difference("only for people", seen, found)
		more = difference("only there", found, seen) || more
	}
	return more, nil
}

// difference prints what is in one list and not in the other.
func difference(title string, list, other []string) bool {
	differ := false
	for _, finding := range list {
		if !slices.Contains(other, finding) {
			fmt.Printf("    %s: %s\n", title, finding)
			differ = true
		}
	}
	return differ
}

// line matches what a face says of a position; the name of the check stands
// behind it for people alone, and lines about related positions begin with a
// TAB or have one behind the position.
var line = regexp.MustCompile(`^([^\t:]+\.go:\d+):(?:\d+:)? ([^\t].*?)(?: \([a-z/]+\))?$`)

// findings runs a face in a module and returns what it finds, sorted, each
// once, without columns, which vary with ranges. A status says only that
// there are findings; where there are none the face has failed.
func (f face) findings(module string) ([]string, error) {
	cmd := exec.Command(f.command[0], f.command[1:]...)
	cmd.Dir = module
	out, failed := cmd.CombinedOutput()
	if failed != nil && !errors.As(failed, new(*exec.ExitError)) {
		return nil, failed
	}
	root, err := filepath.Abs(module)
	if err != nil {
		return nil, err
	}
	var list []string
	for text := range strings.Lines(string(out)) {
		if m := line.FindStringSubmatch(strings.TrimRight(text, "\n")); m != nil {
			if f.plain != nil {
				m[2] = f.plain(m[2])
			}
			file := strings.TrimPrefix(strings.TrimPrefix(m[1], root+string(filepath.Separator)), "./")
			list = append(list, file+": "+m[2])
		}
	}
	if failed != nil && len(list) == 0 {
		return nil, fmt.Errorf("%s in %s: %w\n%s", f.name, module, failed, out)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}
