package differential

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What really happened in the runs of a program.
type outcome struct {
	Races  map[[2]int]bool  // lines of two accesses
	Stuck  map[string][]int // lines at which goroutines were blocked when nobody could move
	Panics map[int]string   // by line
	Amid   map[string][]int // lines at which goroutines were blocked when another panicked
	Unseen bool             // races, there being no race detector
}

func pairOf(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// A reality is a binary that runs programs.
type reality struct {
	path  string
	raced bool // it was built with the race detector
}

// build builds the steered programs, with the race detector where that is
// possible. It says why if it isn't.
func build(t *testing.T, asRun string) *reality {
	t.Helper()
	dir := t.TempDir()
	steer, err := os.ReadFile("testdata/steer/steer.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"go.mod": "module programs\n\ngo 1.26\n", "programs.go": asRun, "steer.go": string(steer)}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := &reality{path: filepath.Join(dir, "programs"), raced: true}
	out, err := goBuild(dir, "-race", "-o", r.path, ".")
	if err == nil {
		return r
	}
	if os.Getenv("GOCONCLINT_E2E") == "required" {
		t.Fatalf("no race detector: %v\n%s", err, out)
	}
	t.Logf("no race detector, so races are not compared: %v\n%s", err, out)
	r.raced = false
	if out, err := goBuild(dir, "-o", r.path, "."); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return r
}

func goBuild(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", append([]string{"build"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOWORK=off", "GOFLAGS=")
	return cmd.CombinedOutput()
}

// run runs the programs from one to another, each with the schedules of the
// given numbers, and adds what happens to the outcomes.
func (r *reality) run(t *testing.T, outcomes []*outcome, from, to, first, runs int) {
	t.Helper()
	for _, o := range outcomes[from:to] {
		o.Unseen = !r.raced
	}
	for next := first; from < to; {
		cmd := exec.Command(r.path, strconv.Itoa(from), strconv.Itoa(to), strconv.Itoa(next), strconv.Itoa(runs))
		cmd.Env = append(os.Environ(), "GODEBUG=asyncpreemptoff=1",
			"GORACE=exitcode=0 atexit_sleep_ms=0 suppress_equal_addresses=0")
		var out bytes.Buffer
		cmd.Stderr = &out
		if err := cmd.Run(); err != nil {
			t.Fatalf("programs %d to %d: %v\n%s", from, to, err, tail(out.String()))
		}
		var err error
		if from, next, err = parse(out.String(), outcomes); err != nil {
			t.Fatal(err)
		}
	}
}

func tail(s string) string { return s[max(0, len(s)-2000):] }

// parse reads what a process printed, and returns the program and the run to
// go on with.
func parse(printed string, outcomes []*outcome) (next, run int, err error) {
	var now *outcome
	next = -1
	lines := strings.Split(printed, "\n")
	for i, line := range lines {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == "@program":
			now = outcomes[atoi(words[1])]
		case words[0] == "@next":
			next, run = atoi(words[1]), atoi(words[2])
		case words[0] == "!stuck":
			now.Stuck[words[1]] = numbers(words[1])
		case words[0] == "!blocked":
			now.Amid[words[1]] = numbers(words[1])
		case words[0] == "!panic":
			now.Panics[atoi(words[1])] = strings.Join(words[2:], " ")
		case strings.HasPrefix(line, "WARNING: DATA RACE"):
			now.Races[racing(lines[i+1:])] = true
		}
	}
	if next < 0 {
		err = fmt.Errorf("the process ended early:\n%s", tail(printed))
	}
	return next, run, err
}

// unknown is the pair of a report in which the race detector has lost a
// frame. That happens in calls of WaitGroup only, whose memory it watches.
var unknown = [2]int{}

// racing returns the lines of the two accesses of a race report: each begins
// with the operation and goes on with the stack.
func racing(lines []string) [2]int {
	var found []int
	for i := 0; i < len(lines) && len(found) < 2 && !strings.HasPrefix(lines[i], "====="); i++ {
		if strings.Contains(lines[i], " at 0x") {
			if n := userLine(lines[i+1:]); n > 0 {
				found = append(found, n)
			}
		}
	}
	if len(found) < 2 {
		return unknown
	}
	return pairOf(found[0], found[1])
}

// userLine returns the first line of the programs in a stack, up to an empty
// line.
func userLine(stack []string) int {
	for _, frame := range stack {
		if strings.TrimSpace(frame) == "" {
			break
		}
		if _, after, ok := strings.Cut(frame, "programs.go:"); ok {
			return atoi(strings.Fields(after)[0])
		}
	}
	return 0
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func numbers(list string) []int {
	var ns []int
	for s := range strings.SplitSeq(list, ",") {
		ns = append(ns, atoi(s))
	}
	return ns
}

func newOutcomes(n int) []*outcome {
	list := make([]*outcome, n)
	for i := range list {
		list[i] = &outcome{Races: make(map[[2]int]bool), Stuck: make(map[string][]int), Panics: make(map[int]string), Amid: make(map[string][]int)}
	}
	return list
}

// stuckAt reports whether in some run goroutines were blocked at all of the
// lines. If another goroutine panicked, nobody knows whether they would have
// gone on: the engine, which looks at groups of goroutines that share nothing
// one by one, may know.
func (o *outcome) stuckAt(lines []int) bool {
	holds := func(where []int) bool {
		for _, line := range lines {
			if !slices.Contains(where, line) {
				return false
			}
		}
		return true
	}
	for _, set := range []map[string][]int{o.Stuck, o.Amid} {
		for _, where := range set {
			if holds(where) {
				return true
			}
		}
	}
	return false
}
