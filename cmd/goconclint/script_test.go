package main

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare with")

func TestMain(m *testing.M) {
	if _, set := os.LookupEnv("GOCONCLINT_CACHE"); !set {
		os.Setenv("GOCONCLINT_CACHE", "off") // tests say where they want one
	}
	testscript.Main(m, map[string]func(){"goconclint": func() {
		flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError) // without those of the test
		main()
	}})
}

// TestScript runs the command as users do. Each script in testdata/script
// shows one behaviour; the modules in them require nothing, so that no
// network is needed.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GOCONCLINT_CACHE", filepath.Join(env.WorkDir, ".cache", "goconclint"))
			environment, err := environment()
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache")) // journals of -fix
			env.Setenv("LocalAppData", filepath.Join(env.WorkDir, ".cache"))
			for name, value := range environment {
				env.Setenv(name, value)
			}
			return err
		},
		Cmds:      scriptCommands(),
		Condition: condition,
	})
}

func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	commands := map[string]func(*testscript.TestScript, bool, []string){
		"exits":    exits,
		"withmark": withMark,
		"setenv":   setEnv,
		"agree":    agree,
		"pprof":    pprof,
	}
	maps.Copy(commands, faultCommands())
	return commands
}

// condition knows "mounts": a process can have file systems of its own.
func condition(name string) (bool, error) {
	if name != "mounts" {
		return false, fmt.Errorf("no condition named %s", name)
	}
	dir, err := os.MkdirTemp("", "mount")
	if err != nil {
		return false, err
	}
	defer os.Remove(dir)
	return exec.Command("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", dir).Run() == nil, nil
}

// environment lets scripts share the caches of the go command, and keeps
// what else is set on this machine from them.
func environment() (map[string]string, error) {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	shared := strings.Split(string(out), "\n")
	self, err := exec.LookPath("goconclint")
	if err != nil {
		return nil, err
	}
	repository, err := filepath.Abs("../..")
	return map[string]string{
		"GOCACHE":     shared[0],
		"GOMODCACHE":  shared[1],
		"GOROOT":      shared[2],
		"GOPROXY":     "off",
		"GOFLAGS":     "",
		"GOWORK":      "",
		"GOTOOLCHAIN": "local",
		"NO_COLOR":    "",
		"GOVERSION":   runtime.Version(),
		"GOCONCLINT":  self,
		"REPOSITORY":  repository,
	}, err
}

// exits is the script command "exits STATUS program args…".
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	status := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		status = exit.ExitCode()
	}
	if status != want {
		ts.Fatalf("exit status %d, want %d", status, want)
	}
}

// setEnv is the script command "setenv NAME": the variable becomes what the
// last command printed, without the end of its line.
func setEnv(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// withMark is the script command "withmark file": it puts a byte order mark
// in front of the file.
func withMark(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		path := ts.MkAbs(name)
		ts.Check(os.WriteFile(path, []byte("\ufeff"+ts.ReadFile(path)), 0o666))
	}
}

// agree is the script command "agree [flags] packages…": all faces report
// the same, related positions included, and something (docs/command.md).
func agree(ts *testscript.TestScript, _ bool, args []string) {
	report := func(stream string, program string, first ...string) string {
		var exit *exec.ExitError
		if err := ts.Exec(program, append(first, args...)...); err != nil && !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		return reported(ts.ReadFile(stream), ts.MkAbs("."))
	}
	people := report("stdout", "goconclint", "-f=text")
	if stored := report("stdout", "goconclint", "-f=text"); stored != people {
		ts.Fatalf("people see\n%s\n\nand from the cache\n%s", people, stored)
	}
	if people == "" {
		ts.Fatalf("nothing is found")
	}
	for face, found := range map[string]string{
		"go vet":        report("stderr", "go", "vet", "-vettool="+ts.Getenv("GOCONCLINT")),
		"-multichecker": report("stderr", "goconclint", "-multichecker"),
	} {
		if found != people {
			ts.Fatalf("people see\n%s\n\n%s says\n%s", people, face, found)
		}
	}
}

// shown matches what a face prints about a position: x/tools marks related
// positions by a TAB in front of the message, our face by one in front of
// the line and by not naming a check.
var shown = regexp.MustCompile(`^(\t?)([^\t]+?:\d+:\d+): (\t?)(.*?)( \([a-z/]+\))?$`)

// reported returns what a face has written about positions, without names
// of checks, sorted, each once.
func reported(out, dir string) string {
	var found []string
	for line := range strings.Lines(out) {
		m := shown.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			continue // a heading of the go command
		}
		path := strings.TrimPrefix(m[2], dir+string(os.PathSeparator))
		path = strings.TrimPrefix(path, "."+string(os.PathSeparator))
		message := m[4]
		if related := m[1]+m[3] != ""; related {
			message = "\t" + message + m[5]
		}
		found = append(found, path+": "+message)
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), "\n")
}
