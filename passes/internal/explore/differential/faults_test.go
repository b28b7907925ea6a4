package differential

import (
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A fault is a mistake to plant in the engine: in a file, a piece of text is
// replaced by another, in which WRONG stands for "this fault is planted".
type fault struct {
	name, file, old, new string
}

var faults = []fault{
	{"unlock orders nothing", "sync.go",
		"s.clock = s.clock.join(m.g.release())\n\treturn true",
		"if !WRONG {\n\ts.clock = s.clock.join(m.g.release())\n}\n\treturn true"},
	{"a mutex doesn't exclude", "sync.go",
		"return s.holder == none && len(s.readers)", "return WRONG || s.holder == none && len(s.readers)"},
	{"readers don't exclude a writer", "sync.go",
		"&& len(s.readers) == 0", "&& (WRONG || len(s.readers) == 0)"},
	{"a waiting writer doesn't stop readers", "sync.go",
		"return s.holder == none && len(s.pending) == 0",
		"return s.holder == none && (WRONG || len(s.pending) == 0)"},
	{"read unlock orders nothing", "sync.go",
		"m.g.acquire(s.rclock)\n\tm.g.locks",
		"if !WRONG {\n\tm.g.acquire(s.rclock)\n}\n\tm.g.locks"},
	{"Wait doesn't wait", "sync.go", "return s.count <= 0", "return WRONG || s.count <= 0"},
	{"Done orders nothing", "sync.go", "if n < 0 {", "if n < 0 && !WRONG {"},
	{"close orders nothing", "channel.go", "next.closing = m.g.release()", "if !WRONG {\n\tnext.closing = m.g.release()\n}"},
	{"a buffer passes no clock on", "channel.go", "m.g.acquire(slots[i])", "if !WRONG {\n\tm.g.acquire(slots[i])\n}"},
	{"a buffer has room for one more", "channel.go", "return int64(len(c.buf)) >= c.capacity", "return int64(len(c.buf)) >= c.capacity && (!WRONG || c.capacity == 0 || int64(len(c.buf)) > c.capacity)"},
	{"a meeting orders one way only", "channel.go", "x.clock, y.clock = joined.tick(a), joined.tick(b)",
		"if x.clock = x.clock.tick(a); !WRONG {\n\tx.clock = joined.tick(a)\n}\n\ty.clock = joined.tick(b)"},
	{"a closed channel wakes nobody", "transition.go", "case len(c.buf) > 0 || c.closed:", "case len(c.buf) > 0 || c.closed && !WRONG:"},
	{"a select sees its first case only", "transition.go", "t.i = i\n", "if t.i = i; WRONG && i > 0 {\n\tcontinue\n}\n"},
	{"a select never takes its default", "transition.go", "if g.op.block {", "if g.op.block || WRONG {"},
	{"go orders nothing", "call.go", "child.clock = parent.release().tick(id)", "if child.clock = parent.release().tick(id); WRONG {\n\tchild.clock = clock{}.tick(id)\n}"},
	{"an atomic load orders nothing", "atomics.go", "if s := m.st.sync(p); s != nil {\n\t\t\t\tm.g.acquire", "if s := m.st.sync(p); s != nil && !WRONG {\n\t\t\t\tm.g.acquire"},
	{"atomic updates order nothing", "atomics.go", "m.g.acquire(s.clock)\n\ts.clock", "if !WRONG {\n\tm.g.acquire(s.clock)\n}\n\ts.clock"},
	{"readers order each other", "sync.go", "m.g.acquire(s.clock)\n\tm.g.locks = m.g.locks.with(p, true, at)", "if m.g.acquire(s.clock); WRONG {\n\tm.g.acquire(s.rclock)\n}\n\tm.g.locks = m.g.locks.with(p, true, at)"},
	{"a signal is lost", "primitives.go", "for left := n;", "for left := n; !WRONG &&"},
	{"a failed TryLock takes the lock", "primitives.go", "if !free(m.syncMutable(p)) {", "if !WRONG && !free(m.syncMutable(p)) {"},
}

// faults plants each fault in the engine and asserts that the comparison
// with what really happened notices.
func (c *comparison) faults(t *testing.T) {
	if !c.real.raced {
		t.Skip("faults that only show as races can't be noticed without a race detector")
	}
	if testing.Short() {
		t.Skip("compiles the engine again")
	}
	dir := t.TempDir()
	outcomes := filepath.Join(dir, "outcomes")
	c.remember(t, outcomes)
	binary := withFaults(t, dir)
	for _, f := range append([]fault{{name: "none"}}, faults...) {
		cmd := exec.Command(binary, "-test.run=^TestEngineAgreesWithReality$", "-programs.known="+outcomes,
			fmt.Sprintf("-programs.seed=%d", *seed), fmt.Sprintf("-programs.count=%d", len(c.outcomes)))
		cmd.Env = append(os.Environ(), "EXPLORE_FAULT="+f.name)
		out, err := cmd.CombinedOutput()
		noticed := disagrees.FindString(string(out))
		t.Logf("%s: %s", f.name, noticed)
		switch {
		case f.name == "none" && err != nil:
			t.Fatalf("without a fault: %v\n%s", err, out)
		case f.name != "none" && (err == nil || noticed == ""):
			t.Errorf("%s: not noticed (%v)", f.name, err)
		}
	}
}

var disagrees = regexp.MustCompile(`P[0-9]+ disagrees: .*`)

// withFaults compiles this test with an engine that holds all the faults, of
// which EXPLORE_FAULT chooses one.
func withFaults(t *testing.T, dir string) string {
	t.Helper()
	engine, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{make(map[string]string)}
	put := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(engine, name)] = path
	}
	put("planted.go", "package explore\n\nimport \"os\"\n\nvar fault = os.Getenv(\"EXPLORE_FAULT\")\n")
	for name, text := range planted(t, engine) {
		put(name, text)
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	config, binary := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "differential.test")
	if err := os.WriteFile(config, list, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay="+config, "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// planted returns the files of the engine that faults change. Faults may
// change the same text: all but the first wrap what is there already.
func planted(t *testing.T, engine string) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	for _, f := range faults {
		text, ok := texts[f.file]
		if !ok {
			content, err := os.ReadFile(filepath.Join(engine, f.file))
			if err != nil {
				t.Fatal(err)
			}
			text = string(content)
		}
		if strings.Count(text, f.old) != 1 {
			t.Fatalf("%s: %s no longer holds %q once: adapt the fault", f.name, f.file, f.old)
		}
		texts[f.file] = strings.Replace(text, f.old, strings.ReplaceAll(f.new, "WRONG", fmt.Sprintf("(fault == %q)", f.name)), 1)
	}
	return texts
}

// remember writes down what happened, for another process to recall.
func (c *comparison) remember(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := gob.NewEncoder(f).Encode(c.outcomes); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func (c *comparison) recall(t *testing.T) {
	t.Helper()
	f, err := os.Open(*known)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := gob.NewDecoder(f).Decode(&c.outcomes); err != nil {
		t.Fatal(err)
	}
}
