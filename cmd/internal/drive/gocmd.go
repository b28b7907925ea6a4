package drive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// A goCommand runs the go command in one directory and build configuration.
type goCommand struct {
	dir   string   // "" for the working directory
	flags []string // build flags of every go list
}

// newGoCommand prepares the go command for the options. Packages of user
// interest are never linked, so version stamps and profiles only cost time
// or, as -pgo does, split packages by the commands that they belong to.
// overlay names the file for -overlay, "" for none.
func newGoCommand(opts Options, overlay string) (*goCommand, error) {
	if opts.Dir != "" {
		if info, err := os.Stat(opts.Dir); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("%s is not a directory", opts.Dir)
		}
	}
	g := &goCommand{dir: opts.Dir, flags: []string{"-buildvcs=false", "-pgo=off"}}
	if opts.Tags != "" {
		g.flags = append(g.flags, "-tags="+opts.Tags)
	}
	if overlay != "" {
		g.flags = append(g.flags, "-overlay="+overlay)
	}
	return g, nil
}

// list runs go list with -e, the build flags, args and, behind --, patterns.
// Both results can be set: -e makes the go command say what it can.
func (g *goCommand) list(ctx context.Context, args, patterns []string) (goOutput, error) {
	line := append([]string{"list", "-e"}, args...)
	line = append(line, g.flags...)
	line = append(line, "--")
	return g.run(ctx, append(line, patterns...))
}

// goOutput is what the go command wrote.
type goOutput struct {
	stdout []byte
	stderr string
}

// run runs the go command to its end. When ctx is done first, the command
// and all that it started are killed.
func (g *goCommand) run(ctx context.Context, args []string) (goOutput, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = g.dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	killGroup(cmd)
	cmd.WaitDelay = 2 * time.Second // for grandchildren that hold the pipes
	err := runGuarded(cmd)
	out := goOutput{stdout.Bytes(), stderr.String()}
	switch {
	case ctx.Err() != nil:
		return out, ctx.Err()
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot):
		return out, ErrNoGo
	case err != nil:
		if text := OneLine(out.stderr); text != "" {
			err = errors.New(strings.TrimPrefix(text, "go: "))
		}
		return out, fmt.Errorf("go %s: %w", args[0], err)
	}
	return out, nil
}

// runGuarded runs a command that shall not outlive us, even if we are killed.
func runGuarded(cmd *exec.Cmd) error {
	runtime.LockOSThread() // on some systems the command lives as long as the thread
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return err
	}
	defer guard(cmd)()
	return cmd.Wait()
}

// goEnv is what we need to know about the go command.
type goEnv struct {
	GOVERSION, GOOS, GOARCH, GOEXPERIMENT string
	GOROOT, GOMODCACHE, GOMOD, GOWORK     string

	CgoEnabled string `json:"CGO_ENABLED"`
}

// configuration tells apart what the same files may mean: the sizes of types
// belong to it, and constants that depend on them.
func (e goEnv) configuration() string {
	return strings.Join([]string{e.GOVERSION, e.GOOS, e.GOARCH, e.GOEXPERIMENT, e.CgoEnabled}, " ")
}

func (g *goCommand) env(ctx context.Context) (goEnv, error) {
	out, err := g.run(ctx, []string{"env", "-json", "GOVERSION", "GOOS", "GOARCH", "GOEXPERIMENT", "CGO_ENABLED",
		"GOROOT", "GOMODCACHE", "GOMOD", "GOWORK"})
	if err != nil {
		return goEnv{}, err
	}
	var env goEnv
	if err := json.Unmarshal(out.stdout, &env); err != nil {
		return goEnv{}, fmt.Errorf("go env: %w", err)
	}
	return env, nil
}

// explain returns ErrNoModule in place of an error of the go command that is
// due to a missing go.mod.
func (e goEnv) explain(err error) error {
	inModule := e.GOMOD != "" && e.GOMOD != os.DevNull || e.GOWORK != "" && e.GOWORK != "off"
	for _, sign := range []string{"go.mod file not found", "cannot find main module", "main module or its selected dependencies"} {
		if !inModule && strings.Contains(err.Error(), sign) {
			return ErrNoModule
		}
	}
	return err
}
