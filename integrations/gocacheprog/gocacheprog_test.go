// Package gocacheprog runs go vet with goconclint on two machines that share
// what the go command stores, through its cache protocol: what one has
// analysed, the other doesn't.
package gocacheprog

import (
	"bytes"
	"errors"
	"fmt"
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

// lacking skips the test, or fails it where GOCONCLINT_E2E says so.
func lacking(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("GOCONCLINT_E2E") == "required" {
		t.Fatalf("%s, and GOCONCLINT_E2E=required", what)
	}
	t.Skip(what)
}

func build(t *testing.T, dir, pkg string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), filepath.Base(pkg))
	cmd := exec.Command("go", "build", "-o", binary, pkg)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// TestTwoMachines runs go vet twice, each time with a home, a build cache, a
// local store and a checkout of its own. What the go command stores holds
// absolute paths, so a mount namespace puts both checkouts at the same place.
func TestTwoMachines(t *testing.T) {
	if out, err := exec.Command("unshare", "--map-root-user", "--mount", "true").CombinedOutput(); err != nil {
		lacking(t, fmt.Sprintf("no mount namespaces here: %v: %s", err, out))
	}
	shared := startServer(t)
	cacher := build(t, ".", "github.com/bradfitz/go-tool-cache/cmd/go-cacher")
	tool := build(t, root, "./cmd/goconclint")
	place := t.TempDir() // where either checkout is seen

	var findings []string
	var runs []int
	for _, name := range []string{"first", "second"} {
		m := machine{dir: t.TempDir(), place: place, prog: cacher + " -cache-server=" + shared}
		m.checkOut(t, tool)
		printed := m.vet(t)
		findings, runs = append(findings, printed), append(runs, m.runs(t))
		t.Logf("the %s machine runs the tool %d times", name, m.runs(t))
	}
	if runs[0] < 50 {
		t.Errorf("the first machine runs the tool %d times: too few to show anything", runs[0])
	}
	if runs[1] != 0 {
		t.Errorf("the second machine runs the tool %d times, want none", runs[1])
	}
	if findings[0] != findings[1] || strings.Count(findings[0], "testdata/tour/") < 7 {
		t.Errorf("the machines find\n%s\nand\n%s", findings[0], findings[1])
	}
}

// startServer starts the shared store on loopback and returns its URL.
func startServer(t *testing.T) string {
	t.Helper()
	server := build(t, ".", "github.com/bradfitz/go-tool-cache/cmd/go-cacher-server")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(server, "-listen="+address, "-cache-dir="+t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return "http://" + address
		}
	}
	t.Fatal("the store doesn't listen")
	return ""
}

// A machine is a folder with all that two machines don't share.
type machine struct{ dir, place, prog string }

// counting is a vet tool that notes when it analyses a package.
const counting = `#!/bin/sh
case "$*" in
*.cfg) echo "$*" >>"$RUNS" ;;
esac
exec "$(dirname "$0")/goconclint" "$@"
`

// checkOut writes the tour as a module, and the tool.
func (m machine) checkOut(t *testing.T, tool string) {
	t.Helper()
	checkout := filepath.Join(m.dir, "checkout")
	if err := os.CopyFS(filepath.Join(checkout, "testdata/tour"), os.DirFS(filepath.Join(root, "testdata/tour"))); err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(tool)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"go.mod":     "module github.com/goconclint/goconclint\n\ngo 1.26.0\n",
		"goconclint": string(binary),
		"vettool":    counting,
	} {
		if err := os.WriteFile(filepath.Join(checkout, name), []byte(content), 0o777); err != nil {
			t.Fatal(err)
		}
	}
}

// vet runs go vet on the tour and returns the lines that it prints, sorted:
// packages come in any order.
func (m machine) vet(t *testing.T) string {
	t.Helper()
	const script = `mount --bind "$1" "$2" && cd "$2" && go vet -vettool="$2/vettool" ./testdata/tour/...`
	cmd := exec.Command("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", filepath.Join(m.dir, "checkout"), m.place)
	modules, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(),
		"HOME="+m.dir, "XDG_CACHE_HOME="+m.dir, "GOCACHE="+filepath.Join(m.dir, "build"),
		"GOCACHEPROG="+m.prog+" -cache-dir="+filepath.Join(m.dir, "store"),
		"GOMODCACHE="+strings.TrimSpace(string(modules)), "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "RUNS="+m.count())
	var printed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &printed
	var failed *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &failed) || failed.ExitCode() != 1 {
		t.Fatalf("go vet: %v, want exit status 1 for findings\n%s", err, printed.String())
	}
	lines := strings.Split(strings.TrimSpace(printed.String()), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// count is the file of which each line is a run of the tool.
func (m machine) count() string { return filepath.Join(m.dir, "runs") }

func (m machine) runs(t *testing.T) int {
	t.Helper()
	lines, err := os.ReadFile(m.count())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return bytes.Count(lines, []byte("\n"))
}
