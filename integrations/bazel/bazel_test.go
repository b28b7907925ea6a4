// Package bazel runs goconclint as an action of a real Bazel, with the rule
// in defs.bzl and a real remote cache. It is a module of its own so that
// nobody who builds goconclint loads the cache.
package bazel

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// root is the repository's, seen from this folder.
const root = "../.."

// need finds a program. Without it the test is skipped, or fails where
// GOCONCLINT_E2E says that it has to be there.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("GOCONCLINT_E2E") == "required" {
		t.Fatalf("no %s on this machine, and GOCONCLINT_E2E=required", name)
	}
	t.Skipf("no %s on this machine", name)
	return ""
}

// run runs a program and returns what it prints.
func run(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, stderr.String())
	}
	return out
}

// build builds a program into a folder that lasts as long as the test.
func build(t *testing.T, dir, pkg string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), filepath.Base(pkg))
	run(t, dir, "go", "build", "-o", binary, pkg)
	return binary
}

// patterns are packages of the fixtures, with facts across packages, and
// mistakes in most of them.
func patterns() []string {
	var list []string
	for _, check := range []string{
		"atomicmix", "chanleak", "closemisuse", "condmisuse", "deferargs", "deferloop", "deferresult", "guardedby",
		"lockorder", "loopcapture", "mapguard", "missingunlock", "neverclosed", "oncemisuse", "recovermisuse", "relock", "shutdown", "waitmisuse",
	} {
		list = append(list, "./"+check+"/...")
	}
	return list
}

// TestTwoMachines analyses the same packages in two workspaces that share
// nothing but a remote cache: the second executes nothing. Both find what the
// command finds.
func TestTwoMachines(t *testing.T) {
	need(t, "bazel")
	tool := build(t, root, "./cmd/goconclint")
	server := build(t, ".", "github.com/buchgr/bazel-remote/v2")
	t.Setenv("CGO_ENABLED", "0") // Go's own rules for Bazel know how to do it
	t.Setenv("GOCONCLINT_CACHE", "off")
	packages := list(t)
	own := 0
	for _, p := range packages {
		if !p.Standard {
			own++
		}
	}
	if own < 50 {
		t.Fatalf("%d packages, want fifty at least", own)
	}
	cache := startCache(t, server)

	first := newMachine(t, tool, packages, cache)
	if executed, hits := first.build(t); executed != len(packages) || hits != 0 {
		t.Errorf("the first machine executes %d actions and takes %d from the cache, want %d and none", executed, hits, len(packages))
	}
	second := newMachine(t, tool, packages, cache)
	if executed, hits := second.build(t); executed != 0 || hits != len(packages) {
		t.Errorf("the second machine executes %d actions and takes %d from the cache, want none and %d", executed, hits, len(packages))
	}

	want := command(t, tool)
	if len(want) < 50 {
		t.Errorf("the command finds %d, want fifty at least", len(want))
	}
	for name, m := range map[string]*machine{"first": first, "second": second} {
		if got := m.findings(t); !slices.Equal(got, want) {
			t.Errorf("the %s machine finds other than the command:\n%s", name, difference(got, want))
		}
	}
	t.Logf("%d packages, %d of them ours, %d findings", len(packages), own, len(want))
}

// startCache starts a remote cache on loopback and returns its address.
func startCache(t *testing.T, server string) string {
	t.Helper()
	address := freeAddress(t)
	cmd := exec.Command(server, "--dir", t.TempDir(), "--max_size", "1", "--grpc_address", address, "--http_address", freeAddress(t))
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return address
		}
	}
	t.Fatalf("the cache doesn't listen:\n%s", log.String())
	return ""
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// A machine is a workspace with a Bazel of its own.
type machine struct{ workspace, output, cache string }

func newMachine(t *testing.T, tool string, packages []*pkg, cache string) *machine {
	t.Helper()
	m := &machine{t.TempDir(), t.TempDir(), cache}
	writeWorkspace(t, m.workspace, tool, packages)
	t.Cleanup(func() {
		run(t, m.workspace, "bazel", "--output_user_root="+m.output, "shutdown")
		run(t, m.workspace, "chmod", "-R", "u+w", m.output) // outputs are read-only
	})
	return m
}

// build builds everything and returns how many actions were executed, and
// how many taken from the cache.
func (m *machine) build(t *testing.T) (executed, hits int) {
	t.Helper()
	log := filepath.Join(m.output, "executions.json")
	run(t, m.workspace, "bazel", "--output_user_root="+m.output, "--host_jvm_args=-Xmx512m", "build",
		"--remote_cache=grpc://"+m.cache, "--execution_log_json_file="+log, "--noshow_progress", "--jobs=4", "//...")
	file, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for decoder := json.NewDecoder(file); ; {
		var spawn struct{ RemoteCacheHit bool }
		if err := decoder.Decode(&spawn); errors.Is(err, io.EOF) {
			return executed, hits
		} else if err != nil {
			t.Fatal(err)
		}
		if spawn.RemoteCacheHit {
			hits++
		} else {
			executed++
		}
	}
}

// findings reads what the actions wrote.
func (m *machine) findings(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, name := range m.outputs(t) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var units map[string]map[string][]struct{ Posn, Message string }
		if err := json.Unmarshal(content, &units); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, checks := range units {
			for check, diagnostics := range checks {
				for _, d := range diagnostics {
					found = append(found, fmt.Sprintf("%s: %s (%s)", d.Posn, d.Message, check))
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

// outputs returns the files with findings.
func (m *machine) outputs(t *testing.T) []string {
	t.Helper()
	bin, err := filepath.EvalSymlinks(filepath.Join(m.workspace, "bazel-bin"))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	err = filepath.WalkDir(bin, func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".findings.json") {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// command returns what the command finds.
func command(t *testing.T, tool string) []string {
	t.Helper()
	out := run(t, filepath.Join(root, "testdata/src"), tool, append([]string{"-config=none", "-tests=false", "-fail-on=none", "-json"}, patterns()...)...)
	var report struct {
		Findings []struct {
			Check, File, Message string
			Line, Column         int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, fmt.Sprintf("%s:%d:%d: %s (%s)", f.File, f.Line, f.Column, f.Message, f.Check))
	}
	slices.Sort(found)
	return found
}

// difference lists what only one of two sorted lists has.
func difference(got, want []string) string {
	var b strings.Builder
	for _, line := range got {
		if !slices.Contains(want, line) {
			fmt.Fprintln(&b, "+", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			fmt.Fprintln(&b, "-", line)
		}
	}
	return b.String()
}
