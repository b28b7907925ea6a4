//go:build unix

// Command bench compares what goconclint costs with what go vet and
// staticcheck cost on real modules:
//
//	go run ./scripts/bench [-n ROUNDS] [-work DIR] [MODULE …]
//
// Without folders of modules it measures golang.org/x/tools, as this module requires
// it, and golangci-lint's own module, both fetched by the go command. What
// -work names keeps the compiled dependencies for the next time.
//
// Cold means: each run has a build cache of its own, a copy of one that was
// filled by "go list -export -deps -test ./..." and by nothing else, so that
// compiled dependencies are there and no tool's results are. Warm is the
// same command once more. The tools take turns, each round beginning with
// another one, and the medians of all rounds are shown. CPU time is that of
// all processes together, memory that of the largest.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Versions of what is measured and measured against.
const (
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.7.0"
	golangci    = "github.com/golangci/golangci-lint/v2@v2.15.0"
	xtools      = "golang.org/x/tools"
)

func main() {
	rounds := flag.Int("n", 3, "rounds; every tool runs once cold and once warm in each")
	work := flag.String("work", "", "folder to prepare the modules in, kept; none means a temporary one")
	flag.Parse()
	if err := run(max(*rounds, 1), *work, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds int, work string, dirs []string) error {
	if work == "" {
		temporary, err := os.MkdirTemp("", "bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		work = temporary
	}
	work, err := filepath.Abs(work)
	if err != nil {
		return err
	}
	tools, err := install(filepath.Join(work, "bin"))
	if err != nil {
		return err
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
		measured, err := corpus.measure(tools, rounds)
		if err != nil {
			return err
		}
		show(corpus.name, tools, measured)
	}
	return nil
}

// A tool is a command that analyses the module in its working directory.
type tool struct {
	name string
	args []string
}

// install builds goconclint and staticcheck into the folder.
func install(bin string) ([]tool, error) {
	ours, theirs := filepath.Join(bin, "goconclint"), filepath.Join(bin, "staticcheck")
	if _, err := output("", "go", "build", "-o", ours, "github.com/goconclint/goconclint/cmd/goconclint"); err != nil {
		return nil, err
	}
	command := exec.Command("go", "install", staticcheck)
	command.Env = append(os.Environ(), "GOBIN="+bin)
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("installing staticcheck: %w", err)
	}
	return []tool{
		{"goconclint", []string{ours, "./..."}},
		{"go vet", []string{"go", "vet", "./..."}},
		{"go vet -vettool=goconclint", []string{"go", "vet", "-vettool=" + ours, "./..."}},
		{"staticcheck", []string{theirs, "./..."}},
	}, nil
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
