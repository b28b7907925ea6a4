// Command faces asks whether goconclint says the same to people, as a vet
// tool and under x/tools' own driver, on real modules:
//
//	go run ./scripts/faces [-checks LIST] MODULE …
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
	flag.Parse()
	more, err := run(*checks, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "faces:", err)
		os.Exit(2)
	}
	if more {
		os.Exit(1)
	}
}

func run(checks string, modules []string) (more bool, err error) {
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
	for _, module := range modules {
		people, err := findings(module, ours, "-f=line", enable, "./...")
		if err != nil {
			return more, err
		}
		fmt.Printf("%s: people see %d\n", filepath.Base(module), len(people))
		for _, face := range [][]string{
			{"go", "vet", "-vettool=" + ours, enable, "./..."},
			{ours, "-multichecker", enable, "./..."},
		} {
			found, err := findings(module, face...)
			if err != nil {
				return more, err
			}
			name := strings.Join(face[:2], " ")
			fmt.Printf("  %s: %d\n", strings.TrimPrefix(name, bin+string(filepath.Separator)), len(found))
			difference("only for people", people, found)
			more = difference("only there", found, people) || more
		}
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
// there are findings.
func findings(module string, command ...string) ([]string, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = module
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	root, err := filepath.Abs(module)
	if err != nil {
		return nil, err
	}
	var list []string
	for text := range strings.Lines(string(out)) {
		if m := line.FindStringSubmatch(strings.TrimRight(text, "\n")); m != nil {
			file := strings.TrimPrefix(strings.TrimPrefix(m[1], root+string(filepath.Separator)), "./")
			list = append(list, file+": "+m[2])
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}
