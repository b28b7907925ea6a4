package drive

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goconclint/goconclint/cmd/internal/store"
)

// A victim is a module with a store in a folder, analysed by processes of
// their own.
type victim struct {
	*tree
	cache string
}

func newVictim(t *testing.T) *victim {
	v := &victim{newTree(t, chain, badCalls(), dangers()), t.TempDir()}
	v.opts.Store = v.open()
	return v
}

func (v *victim) open() *store.Store {
	v.Helper()
	s, err := store.Open(v.cache)
	if err != nil {
		v.Fatal(err)
	}
	return s
}

// process prepares a process that analyses the module.
func (v *victim) process(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = v.dir
	cmd.Env = append(os.Environ(), asRun+"="+v.cache)
	return cmd
}

// TestKill kills runs at any moment, half of them twice in a row. The next one
// gives the right answer.
func TestKill(t *testing.T) {
	t.Parallel()
	times := 100
	if testing.Short() {
		times = 8
	}
	v := newVictim(t)
	random := rand.New(rand.NewPCG(1, 2))
	if out, err := v.process(os.Args[0]).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	v.another(-1)
	start := time.Now()
	if out, err := v.process(os.Args[0]).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(start) // of a run after an edit
	hit := 0
	for i := range times {
		v.another(i)
		cmd := v.process(os.Args[0])
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole))))
		_ = cmd.Process.Kill() // it may be done
		if cmd.Wait() != nil {
			hit++
		}
		if i%2 == 0 {
			continue // the next one is killed, too
		}
		if v.same(mustRun(v, v.opts)); t.Failed() {
			t.Fatalf("after %d", i)
		}
	}
	if hit < times/4 {
		t.Errorf("%d of %d kills met a running process: too few to show anything", hit, times)
	}
}

// another makes a state of its own for each number, so that there is something
// to store.
func (v *victim) another(n int) {
	v.write("a/more.go", fmt.Sprintf("package a\n\n// %d\n\nfunc Danger%d() {}\n", n, (n+3)%3))
}

// TestAtOnce: processes that share a tree and a store don't disturb each other.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	expected := v.answer()
	done := make(chan string)
	for range 3 {
		go func() {
			out, err := v.process(os.Args[0]).Output()
			if err != nil {
				out = []byte(err.Error())
			}
			done <- string(out)
		}()
	}
	for range 3 {
		if got := <-done; got != expected {
			t.Errorf("got\n%s\nwant\n%s", got, expected)
		}
	}
	v.runs()
}

// TestDamage: entries that are cut off, empty, garbage, of another version or
// each other's are none.
func TestDamage(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.runs(all...)
	for name, damage := range map[string]func(content []byte) []byte{
		"truncated": func(content []byte) []byte { return content[:len(content)/2] },
		"empty":     func([]byte) []byte { return nil },
		"zeros":     func(content []byte) []byte { return make([]byte, len(content)) },
		"one bit":   func(content []byte) []byte { content[len(content)/3] ^= 4; return content },
		"longer":    func(content []byte) []byte { return append(content, '\n') },
	} {
		for _, kind := range []string{"a", "d"} {
			t.Log(name, kind)
			for _, path := range v.files(kind) {
				content, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, damage(content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			v.runs(all...)
			v.runs()
		}
	}
	t.Log("values that are no entries")
	for _, value := range []string{"", "{}", "null", `{"Version":1,"Findings":"none"}`, `{"Types":"x","Findings":[{"Range":{"Start":{"File":"module elsewhere|a.go"}}}]}`} {
		for _, path := range v.files("a") {
			v.opts.Store.Put(keyOf(t, path), []byte(value))
		}
		v.same(mustRun(v, v.opts))
	}
	t.Log("nothing at all")
	if err := os.RemoveAll(v.cache); err != nil {
		t.Fatal(err)
	}
	result := mustRun(v, v.opts)
	v.same(result)
	if v.opts.Store.Err() == nil {
		t.Error("nobody noticed that the store is gone")
	}
}

// files returns the files of the store: its index, "a", or its values, "d".
func (v *victim) files(kind string) []string {
	v.Helper()
	list, err := filepath.Glob(filepath.Join(v.cache, "??", "*-"+kind))
	if err != nil || len(list) == 0 {
		v.Fatalf("no files of kind %s: %v", kind, err)
	}
	return list
}

// keyOf returns the key that a file of the store's index is for.
func keyOf(t *testing.T, path string) store.Key {
	t.Helper()
	id, err := hex.DecodeString(strings.TrimSuffix(filepath.Base(path), "-a"))
	if err != nil {
		t.Fatal(err)
	}
	return store.Key(id)
}

// TestClock: the store's times may lie in the future or far back.
func TestClock(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.runs(all...)
	for _, years := range []int{10, -10, 300, -50} {
		at := time.Now().AddDate(years, 0, 0)
		for _, path := range slices.Concat(v.files("a"), v.files("d")) {
			if err := os.Chtimes(path, at, at); err != nil {
				t.Fatal(err)
			}
		}
		_ = os.WriteFile(filepath.Join(v.cache, "trim.txt"), fmt.Appendf(nil, "%d", at.Unix()), 0o666)
		v.edit("d/d.go", "func D()", fmt.Sprintf("func D%d() {}\nfunc D()", years*years))
		v.same(mustRun(v, v.opts))
		if err := v.opts.Store.Trim(); err != nil {
			t.Error(err)
		}
		v.same(mustRun(v, v.opts))
	}
}

// TestEditedMeanwhile writes a file again and again while it is read. What
// is found then may be said of any state; the next run must be right.
func TestEditedMeanwhile(t *testing.T) {
	t.Parallel()
	rounds := 20
	if testing.Short() {
		rounds = 4
	}
	v := newVictim(t)
	states := []string{
		"package a\n\nfunc Extra() {}\n",
		"package a\n\nfunc DangerExtra() {}\n\nfunc worse() { bad() }\n",
		"package a\n\ntype Extra struct{}\n\nfunc (Extra) DangerToo() { bad() }\n",
	}
	v.write("a/more.go", states[0])
	v.write("b/more.go", "package b\n\nimport \"m/a\"\n\nvar _ = a.Plain\n")
	random := rand.New(rand.NewPCG(3, 4))
	for range rounds {
		stop, stopped := make(chan bool), make(chan bool)
		go func() {
			defer close(stopped)
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				case <-time.After(time.Duration(random.IntN(20)) * time.Millisecond):
					_ = os.WriteFile(filepath.Join(v.dir, "a", "more.go"), []byte(states[i%len(states)]), 0o666)
				}
			}
		}()
		mustRun(v, v.opts)
		close(stop)
		<-stopped
		for _, state := range states {
			v.write("a/more.go", state)
			v.same(mustRun(v, v.opts))
		}
	}
}
