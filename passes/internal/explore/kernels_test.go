package explore

import (
	"bufio"
	gobuild "go/build"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
// the goroutine-leak profile. A kernel is found when a finding's check is
// among the right ones of testdata/kernels.txt, which was written first.
func TestKernels(t *testing.T) {
	right := rightChecks(t)
	root := filepath.Join(gobuild.Default.GOROOT, "src/runtime/testdata/testgoroutineleakprofile")
	only := os.Getenv("EXPLORE_ONLY")
	all := func(string) bool { return true }
	total := 0
	for _, set := range []struct {
		name, dir string
		floor     int
	}{{"goker", filepath.Join(root, "goker"), gokerFloor}, {"patterns", root, patternFloor}} {
		src := loadDir(t, set.dir, all)
		start := time.Now()
		found, n, steps, states := 0, 0, 0, 0
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
			fits := checks == "-" && len(r.Findings) == 0
			var seen []string
			for _, f := range r.Findings {
				check := checkOf[f.Kind]
				fits = fits || strings.Contains(","+checks+",", ","+check+",")
				var ops []string
				for _, o := range f.Ops {
					ops = append(ops, src.at(o.Pos))
				}
				seen = append(seen, string(f.Kind)+" "+strings.Join(ops, " "))
				if only != "" {
					for _, s := range f.Steps {
						t.Log(s.Goroutine, s.What, src.at(s.Pos), s.Other)
					}
				}
			}
			for _, s := range r.Entries {
				steps, states = steps+s.Steps, states+s.States
				if !fits || only != "" {
					t.Logf("%+v", s)
				}
			}
			if fits {
				found++
			} else {
				t.Logf("%s: want %s, have %s", fn.Name(), checks, strings.Join(seen, "; "))
			}
			if len(seen) > 1 || checks == "-" && len(seen) > 0 || only != "" {
				t.Logf("%s: %s", fn.Name(), strings.Join(seen, "; "))
			}
		}
		total += n
		t.Logf("%s: %d of %d; %d steps, %d states in %v", set.name, found, n, steps, states, time.Since(start))
		if only == "" && found < set.floor {
			t.Errorf("%s: below the floor of %d", set.name, set.floor)
		}
	}
	if only == "" && total != len(right) {
		t.Errorf("%d entries of %d exist", total, len(right))
	}
}

// The scores of the kernels so far; they only rise.
const (
	gokerFloor   = 62
	patternFloor = 21
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

func rightChecks(t *testing.T) map[string]string {
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
