package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare with")

func TestMain(m *testing.M) {
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
			environment, err := environment()
			for name, value := range environment {
				env.Setenv(name, value)
			}
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"agree": agree,
		},
	})
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
	repository, err := os.Getwd()
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
		"REPOSITORY":  repository + "/../..",
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

// agree is the script command "agree [flags] packages…": all faces report
// the same, and something (DECISIONS 4).
func agree(ts *testscript.TestScript, _ bool, args []string) {
	report := func(stream string, program string, first ...string) string {
		var exit *exec.ExitError
		if err := ts.Exec(program, append(first, args...)...); err != nil && !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		return reported(ts.ReadFile(stream), ts.MkAbs("."))
	}
	people := report("stdout", "goconclint", "-f=line")
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

// reported returns the lines path:line:col: message that a face has written,
// sorted, each once.
func reported(out, dir string) string {
	var found []string
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		line = strings.TrimPrefix(line, dir+string(os.PathSeparator))
		line = strings.TrimPrefix(line, "."+string(os.PathSeparator))
		if i := strings.LastIndex(line, " ("); strings.HasSuffix(line, ")") && i > 0 {
			line = line[:i] // the name of the check, which people see only
		}
		if strings.Count(line, ":") >= 3 {
			found = append(found, line)
		}
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), "\n")
}
