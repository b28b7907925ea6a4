//go:build unix

// Command bench compares what goconclint costs with what go vet, staticcheck
// and golangci-lint cost on real modules:
//
//	go run ./scripts/bench [-n ROUNDS] [-cold] [-work DIR] [-tools LIST] [MODULE …]
//	go run ./scripts/bench -large
//	go run ./scripts/bench -facts [-work DIR] [MODULE …]
//
// Without folders of modules it measures golang.org/x/tools, as this module requires
// it, and golangci-lint's own module, both fetched by the go command. What
// -work names keeps the compiled dependencies for the next time.
//
// Cold means: each run has a build cache of its own, a copy of one that was
// filled by "go list -export -deps -test ./..." and by nothing else, so that
// compiled dependencies are there and no tool's results are. Warm is the
// same command once more. Then come edits, one after the other (edit.go): of
// a function's body in a package that nothing imports, of one in the package
// that most others import, and a new exported function there.
//
// The tools take turns, each round beginning with another one, and the
// medians of all rounds are shown. CPU time is that of all processes
// together, memory that of the largest. The first row but one is the floor:
// the call of go list that goconclint makes. With -cold they run in the first
// state only, which allows for more rounds.
//
// With -large it measures the memory of one cold run of goconclint alone over
// each of golang.org/x/tools, std and cmd (large.go). With -facts it measures what
// the facts of engine 2 add to the build cache when goconclint is a vet tool,
// on each module with all that it depends on, and fails above the goals (facts.go).
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Versions of what is measured and measured against.
const (
	staticcheck  = "honnef.co/go/tools/cmd/staticcheck@v0.7.0"
	golangci     = "github.com/golangci/golangci-lint/v2@v2.15.0"
	golangciMain = "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0"
	xtools       = "golang.org/x/tools"
)

func main() {
	rounds := flag.Int("n", 3, "rounds; every tool runs once in each state in each")
	only := flag.String("tools", "", "comma-separated names of tools to compare with; all if empty")
	cold := flag.Bool("cold", false, "measure the cold state only")
	work := flag.String("work", "", "folder to prepare the modules in, kept; none means a temporary one")
	memory := flag.Bool("large", false, "measure memory on x/tools, std and cmd instead")
	sizes := flag.Bool("facts", false, "measure the size of facts instead")
	flag.Parse()
	if err := run(options{max(*rounds, 1), *cold, *work, *only, *memory, *sizes}, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options say what is measured.
type options struct {
	rounds int
	cold   bool   // in the first state only
	work   string // the folder to prepare the modules in
	tools  string // those to compare with, separated by commas
	memory bool   // that of goconclint on large modules, instead
	facts  bool   // their size, instead
}

func run(o options, dirs []string) error {
	if o.work == "" {
		temporary, err := os.MkdirTemp("", "bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		o.work = temporary
	}
	work, err := filepath.Abs(o.work)
	if err != nil {
		return err
	}
	if o.memory || o.facts {
		o.tools = "none to compare with"
	}
	tools, err := install(filepath.Join(work, "bin"), o.tools)
	if err != nil {
		return err
	}
	if o.memory {
		return large(tools[0].args[0], work)
	}
	if len(dirs) == 0 {
		if dirs, err = fetch(); err != nil {
			return err
		}
	}
	for _, dir := range dirs {
		corpus, err := prepare(dir, filepath.Join(work, filepath.Base(dir)))
		if err != nil {
			return err
		}
		if o.facts {
			err = facts(tools[0].args[0], corpus)
		} else {
			err = corpus.compare(tools, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// compare measures the tools and shows what they cost.
func (c *corpus) compare(tools []tool, o options) error {
	if c.states = states; o.cold {
		c.states = states[:1]
	}
	measured, err := c.measure(tools, o.rounds)
	if err != nil {
		return err
	}
	show(c, tools, measured)
	return nil
}

// A tool is a command that analyses the module in its working directory.
type tool struct {
	name string
	args []string
	main string // the command to install, "" if there is nothing to do
}

// listFields are those that goconclint asks go list for.
const listFields = "-json=ImportPath,Name,Dir,ForTest,DepOnly,Standard,Match," +
	"GoFiles,CgoFiles,InvalidGoFiles,IgnoredGoFiles,IgnoredOtherFiles," +
	"CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles," +
	"Imports,ImportMap,Module,Error"

// install builds the tools into a folder: goconclint, and of those to
// compare with the ones that are wanted.
func install(bin, only string) ([]tool, error) {
	ours := filepath.Join(bin, "goconclint")
	if _, err := output("", "go", "build", "-o", ours, "github.com/goconclint/goconclint/cmd/goconclint"); err != nil {
		return nil, err
	}
	tools := []tool{{name: "goconclint", args: []string{ours, "./..."}}}
	for _, t := range []tool{
		{name: "go list", args: []string{"go", "list", "-e", "-deps", listFields, "-test", "-buildvcs=false", "-pgo=off", "./..."}},
		{name: "go vet", args: []string{"go", "vet", "./..."}},
		{name: "vettool", args: []string{"go", "vet", "-vettool=" + ours, "./..."}},
		{name: "staticcheck", args: []string{filepath.Join(bin, "staticcheck"), "./..."}, main: staticcheck},
		{name: "golangci-lint", args: []string{filepath.Join(bin, "golangci-lint"), "run", "./..."}, main: golangciMain},
	} {
		if only != "" && !slices.Contains(strings.Split(only, ","), t.name) {
			continue
		}
		if err := t.install(bin); err != nil {
			return nil, err
		}
		tools = append(tools, t)
	}
	return tools, nil
}

func (t tool) install(bin string) error {
	if _, err := os.Stat(t.args[0]); t.main == "" || err == nil {
		return nil
	}
	command := exec.Command("go", "install", t.main)
	command.Env = append(os.Environ(), "GOBIN="+bin)
	command.Dir = os.TempDir() // outside of our module
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("installing %s: %w", t.name, err)
	}
	return nil
}

// fetch returns the folders of the default modules in the module cache.
func fetch() ([]string, error) {
	required, err := output("", "go", "list", "-m", "-f={{.Dir}}", xtools)
	if err != nil {
		return nil, err
	}
	downloaded, err := output(os.TempDir(), "go", "mod", "download", "-json", golangci)
	if err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(downloaded, `"Dir": "`)
	dir, _, ok := strings.Cut(rest, `"`)
	if !ok {
		return nil, fmt.Errorf("no folder in the answer of go mod download %s", golangci)
	}
	return []string{required, dir}, nil
}

// output runs a command in dir and returns what it prints, without the last
// line's end.
func output(dir, name string, args ...string) (string, error) {
	command := exec.Command(name, args...)
	command.Dir = dir
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
