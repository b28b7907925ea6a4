//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// A corpus is a copy of a module with the build cache that every cold run
// begins with.
type corpus struct {
	name   string // the module's path
	module string // the copy
	primed string // the build cache
	caches string // the caches of one tool in one round
	places places
	states []state
}

// prepare copies the module, since those in the module cache are read-only,
// and compiles its dependencies.
func prepare(dir, root string) (*corpus, error) {
	c := &corpus{
		module: filepath.Join(root, "module"),
		primed: filepath.Join(root, "primed"),
		caches: filepath.Join(root, "caches"),
	}
	if err := c.copyModule(dir); err != nil {
		return nil, err
	}
	name, err := output(c.module, "go", "list", "-m")
	if err != nil {
		return nil, err
	}
	c.name = name
	if c.places, err = findPlaces(c.module); err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "compiling the dependencies of %s\n", name)
	list := exec.Command("go", "list", "-export", "-deps", "-test", "./...")
	list.Dir = c.module
	list.Env = append(os.Environ(), "GOCACHE="+c.primed, "GOWORK=off")
	list.Stderr = os.Stderr
	return c, list.Run()
}

func (c *corpus) copyModule(dir string) error {
	if err := os.RemoveAll(c.module); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(c.module), 0o777); err != nil {
		return err
	}
	if _, err := output("", "cp", "-R", dir, c.module); err != nil {
		return err
	}
	_, err := output("", "chmod", "-R", "u+w", c.module)
	return err
}

// A sample is what one run cost.
type sample struct {
	cpu, wall time.Duration
	peak      int64 // bytes
	status    int
}

// A series is all samples of one tool, by rounds and, in each, by the states in
// which it runs one after the other.
type series [][]sample

// A state is what a tool finds: the one before with an edit, if there is one.
type state struct {
	name string
	edit func(places) error
}

var states = []state{
	{"cold", nil},
	{"warm", nil},
	{"body edit, leaf", func(p places) error { return editBody(p.leaf) }},
	{"body edit, base", func(p places) error { return editBody(p.base) }},
	{"exported edit, base", func(p places) error { return addExported(p.base) }},
}

// measure runs every tool in every state in every round.
func (c *corpus) measure(tools []tool, rounds int) ([]series, error) {
	measured := make([]series, len(tools))
	for round := range rounds {
		for turn := range tools {
			i := (round + turn) % len(tools)
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, rounds, tools[i].name)
			samples, err := c.allStates(tools[i])
			if err != nil {
				return nil, err
			}
			measured[i] = append(measured[i], samples)
		}
	}
	return measured, nil
}

// allStates runs the tool once in every state and undoes the edits.
func (c *corpus) allStates(t tool) ([]sample, error) {
	if err := c.fillCaches(); err != nil {
		return nil, err
	}
	defer c.places.restore()
	var samples []sample
	for _, state := range c.states {
		if state.edit != nil {
			if err := state.edit(c.places); err != nil {
				return nil, err
			}
		}
		s, err := c.once(t)
		if err != nil {
			return nil, err
		}
		samples = append(samples, s)
	}
	return samples, nil
}

// fillCaches makes caches with compiled dependencies and nothing else.
func (c *corpus) fillCaches() error {
	if err := os.RemoveAll(c.caches); err != nil {
		return err
	}
	_, err := output("", "cp", "-Rp", c.primed, c.caches)
	return err
}

// environment is that of this process with the caches of the corpus.
func (c *corpus) environment() []string {
	return append(os.Environ(), "GOCACHE="+c.caches, "XDG_CACHE_HOME="+c.caches,
		"STATICCHECK_CACHE="+filepath.Join(c.caches, "staticcheck"),
		"GOLANGCI_LINT_CACHE="+filepath.Join(c.caches, "golangci-lint"),
		"GOCONCLINT_CACHE="+filepath.Join(c.caches, "goconclint"), "GOWORK=off")
}

// once runs the tool. What it prints is thrown away; a status of 1 means
// findings, a higher one is kept for the table. More settings of the
// environment win over ours.
func (c *corpus) once(t tool, more ...string) (sample, error) {
	command := exec.Command(t.args[0], t.args[1:]...)
	command.Dir = c.module
	command.Env = append(c.environment(), more...)
	start := time.Now()
	err := command.Run()
	wall := time.Since(start)
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return sample{}, fmt.Errorf("%s: %w", t.name, err)
	}
	state := command.ProcessState
	return sample{
		cpu:    state.UserTime() + state.SystemTime(),
		wall:   wall,
		peak:   peak(state),
		status: state.ExitCode(),
	}, nil
}

// peak returns the size of the largest process that the run waited for.
func peak(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	size := int64(usage.Maxrss) //nolint:unconvert // narrower on 32-bit systems
	if runtime.GOOS != "darwin" {
		size *= 1024 // others count in kilobytes
	}
	return size
}
