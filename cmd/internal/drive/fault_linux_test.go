package drive

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// inMount runs the module's analysis where the store's folder is a file
// system of its own, and returns what the process writes. The test is skipped
// where that isn't allowed.
func (v *victim) inMount(options string) (stdout, stderr string) {
	v.Helper()
	if err := exec.Command("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", v.cache).Run(); err != nil {
		v.Skipf("no mount namespaces: %v", err)
	}
	script := `mount -t tmpfs -o "$1" tmpfs "$2" && exec "$3"`
	cmd := v.process("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", options, v.cache, os.Args[0])
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err != nil {
		v.Fatalf("%v\n%s", err, &complaints)
	}
	return out.String(), complaints.String()
}

// TestFullDisk: a store that can't be written costs a warning and no finding.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	expected := v.answer()
	for _, size := range []string{"size=4k", "size=12k", "size=32k"} {
		got, warning := v.inMount(size)
		if got != expected {
			t.Errorf("got\n%s\nwant\n%s", got, expected)
		}
		if strings.Count(warning, "\n") != 1 || !strings.Contains(warning, "no space left") {
			t.Errorf("warning %q", warning)
		}
	}
}

// TestReadOnly: the same for a store that may not be written.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	got, warning := v.inMount("ro")
	if expected := v.answer(); got != expected {
		t.Errorf("got\n%s\nwant\n%s", got, expected)
	}
	if strings.Count(warning, "\n") != 1 || !strings.Contains(warning, "read-only") {
		t.Errorf("warning %q", warning)
	}
}

// TestOtherBuild: what another build of ours has stored isn't read. All that
// is stored is made wrong, so that it can be seen who reads it.
func TestOtherBuild(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.runs(all...)
	for _, path := range v.files("a") {
		key := keyOf(t, path)
		if value, ok := v.opts.Store.Get(key); ok {
			v.opts.Store.Put(key, bytes.ReplaceAll(value, []byte("call of bad"), []byte("old news")))
		}
	}
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	mark := []byte("\xff Go build ID: \"")
	if at := bytes.Index(program, mark); at >= 0 {
		program[at+len(mark)] ^= 1
	}
	program = append(program, 0) // where there is none, its contents count
	other := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(other, program, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, old := range map[string]bool{os.Args[0]: true, other: false} {
		out, err := v.process(name).Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := string(out); strings.Contains(got, "old news") != old || !old && got != v.answer() {
			t.Errorf("%s says\n%s", name, got)
		}
	}
}

// TestChildrenDieWithUs puts a go command in place that doesn't end, kills
// the process that started it, and expects it to be gone.
func TestChildrenDieWithUs(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	bin := t.TempDir()
	script := "#!/bin/sh\necho $$ >" + bin + "/$$.pid.new && mv " + bin + "/$$.pid.new " + bin + "/$$.pid\nexec sleep 60\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	cmd := v.process(os.Args[0])
	cmd.Env = append(cmd.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var started []string
	for range 1000 {
		if started, _ = filepath.Glob(filepath.Join(bin, "*.pid")); len(started) == 2 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if len(started) != 2 { // go list and go env
		t.Fatalf("started %q", started)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	for _, name := range started {
		pid, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(name), ".pid"))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; !gone(pid); i++ {
			if i == 500 {
				t.Fatalf("process %d outlives us", pid)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}
