package explore

import (
	"bufio"
	"fmt"
	gobuild "go/build"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/ssa"
)

// checkOf says which check reports a kind of finding.
var checkOf = map[Kind]string{
	KindRelock: "relock", KindOnce: "relock", KindLockOrder: "lockorder", KindLockBlock: "lockblocked",
	KindHeld: "missingunlock", KindSend: "chanleak", KindReceive: "chanleak", KindSelect: "chanleak",
	KindNeverClose: "neverclosed", KindWaitGroup: "waitmisuse", KindCond: "condmisuse",
	KindNegative: "waitmisuse", KindSendClosed: "closemisuse", KindDoubleClose: "closemisuse",
	KindCloseNil: "closemisuse", KindUnlock: "missingunlock",
	KindRace: "datarace", KindMapRace: "mapguard", KindSyncRace: "closemisuse",
}

// TestKernels explores the kernels and patterns of the runtime's own test of
// the goroutine-leak profile. A kernel is found when a finding has a check
// that testdata/kernels.txt names, which was written first, and blames an
// operation that the runtime's test expects to be blocked: of the same kind,
// in a goroutine that began with the same function.
func TestKernels(t *testing.T) {
	right := rightChecks(t)
	leaks := expectedLeaks(t)
	root := filepath.Join(gobuild.Default.GOROOT, "src/runtime/testdata/testgoroutineleakprofile")
	only := os.Getenv("EXPLORE_ONLY")
	total := 0
	for _, set := range []struct {
		name, dir    string
		floor, shown int
	}{{"goker", filepath.Join(root, "goker"), gokerFloor, gokerShown}, {"patterns", root, patternFloor, patternShown}} {
		src := loadDir(t, set.dir, func(string) bool { return true })
		start := time.Now()
		found, shown, n, steps, states := 0, 0, 0, 0, 0
		for _, fn := range src.funcs {
			checks, ok := right[fn.Name()]
			if !ok || fn.Parent() != nil || fn.Signature.Recv() != nil || only != "" && fn.Name() != only {
				continue
			}
			n++
			r := Explore(src.pkg, []*Entry{{Name: fn.Name(), Func: fn, Kind: Test}}, budgetOf(t))
			for _, err := range r.Errors {
				t.Error(err)
			}
			k := kernel{src: src, checks: checks, leaks: leaks[fn.Name()]}
			for _, s := range r.Entries {
				steps, states = steps+s.Steps, states+s.States
			}
			fits, sure := k.judge(r)
			if fits {
				found++
			}
			if sure {
				shown++
			}
			if !fits || !sure || only != "" {
				t.Logf("%s (found %v, shown %v): want %s, have\n%s%+v", fn.Name(), fits, sure, checks, k.describe(r), r.Entries)
			}
		}
		total += n
		t.Logf("%s: %d of %d found, %d shown by default; %d steps, %d states in %v", set.name, found, n, shown, steps, states, time.Since(start))
		if only == "" && (found < set.floor || shown < set.shown) {
			t.Errorf("%s: below the floor of %d and %d", set.name, set.floor, set.shown)
		}
	}
	if only == "" && total != len(right) {
		t.Errorf("%d entries of %d exist", total, len(right))
	}
}

// A kernel is an entry with what is to be found in it.
type kernel struct {
	src    *source
	checks string
	leaks  []*regexp.Regexp
}

// judge reports whether a mistake was found at all, and at the confidence
// that is shown by default.
func (k *kernel) judge(r *Result) (found, shown bool) {
	if k.checks == "-" {
		return len(r.Findings) == 0, len(r.Findings) == 0
	}
	for _, f := range r.Findings {
		if strings.Contains(","+k.checks+",", ","+checkOf[f.Kind]+",") && slices.ContainsFunc(f.Ops, func(o Operation) bool { return k.expected(f, o) }) {
			found = true
			shown = shown || !f.Low()
		}
	}
	return found, shown
}

// expected reports whether the runtime's test expects a goroutine to block at
// an operation.
func (k *kernel) expected(f *Finding, o Operation) bool {
	name := k.root(f, o)
	for _, reason := range reasons[o.What] {
		for _, leak := range k.leaks {
			if leak.MatchString(name + "() [" + reason + "]") {
				return true
			}
		}
	}
	return false
}

// root names the function that the goroutine of an operation began with: the
// stack of the operation goes on with that of the go statement.
func (k *kernel) root(f *Finding, o Operation) string {
	spawn := 0
	if o.Goroutine >= 0 {
		spawn = len(f.Goroutines[o.Goroutine].Spawn)
	}
	if len(o.Stack) <= spawn {
		return ""
	}
	return k.src.functionAt(o.Stack[len(o.Stack)-1-spawn])
}

// reasons lists how the runtime says why a goroutine waits.
var reasons = map[string][]string{
	"send": {"chan send", "chan send (nil chan)"}, "receive": {"chan receive", "chan receive (nil chan)"}, "range over": {"chan receive"},
	"select": {"select", "select (no cases)"}, "lock": {"sync.Mutex.Lock", "sync.RWMutex.Lock"}, "read-lock": {"sync.RWMutex.RLock"},
	"wait": {"sync.WaitGroup.Wait", "sync.Cond.Wait"},
}

// functionAt names the function around a position as stack traces do.
func (s *source) functionAt(pos token.Pos) string {
	var best *ssa.Function
	for _, fn := range s.funcs {
		if syntax := fn.Syntax(); syntax != nil && syntax.Pos() <= pos && pos < syntax.End() {
			best = fn // literals come after the function around them
		}
	}
	if best == nil {
		return ""
	}
	first, rest, nested := strings.Cut(best.RelString(s.pkg.Pkg), "$")
	if recv, method, ok := strings.Cut(first, ")"); ok && !strings.HasPrefix(recv, "(*") {
		first = recv[1:] + method
	}
	if !nested {
		return first
	}
	return first + ".func" + strings.ReplaceAll(rest, "$", ".")
}

func (k *kernel) describe(r *Result) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "\t%s (low %v, %d unknowns)", f.Kind, f.Low(), f.Unknowns)
		for _, o := range f.Ops {
			fmt.Fprintf(&b, " %s %s in %s", o.What, k.src.at(o.Pos), k.root(f, o))
		}
		b.WriteString("\n")
		for _, s := range f.Steps {
			fmt.Fprintf(&b, "\t\tg%d %s %s\n", s.Goroutine, s.What, k.src.at(s.Pos))
		}
	}
	return b.String()
}

// expectedLeaks reads what the runtime's test expects of each entry.
func expectedLeaks(t *testing.T) map[string][]*regexp.Regexp {
	text, err := os.ReadFile(filepath.Join(gobuild.Default.GOROOT, "src/runtime/goroutineleakprofile_test.go"))
	if err != nil {
		lacking(t, err)
	}
	leaks := make(map[string][]*regexp.Regexp)
	entry := ""
	for line := range strings.Lines(string(text)) {
		if m := regexp.MustCompile(`make\w*Test\((?:testCase{name: )?"(\w+)"`).FindStringSubmatch(line); m != nil {
			entry = m[1]
		}
		if m := regexp.MustCompile("^\\s*(?://\\s*)?`(.*)`").FindStringSubmatch(line); m != nil && entry != "" {
			leaks[entry] = append(leaks[entry], regexp.MustCompile(m[1]))
		}
	}
	return leaks
}

// The scores of the kernels so far; they only rise.
const (
	gokerFloor   = 62
	gokerShown   = 60
	patternFloor = 21
	patternShown = 21
)

func budgetOf(t *testing.T) Budget {
	switch os.Getenv("EXPLORE_BUDGET") {
	case "quick":
		return Quick
	case "thorough":
		return Thorough
	}
	return Default
}

func rightChecks(t testing.TB) map[string]string {
	f, err := os.Open("testdata/kernels.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	right := make(map[string]string)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) >= 2 && words[0] != "#" {
			right[words[0]] = words[1]
		}
	}
	return right
}
