//go:build unix

package explore

import (
	gobuild "go/build"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkEntries explores the race detector's own tests and the runtime's
// kernels of goroutine leaks, entry by entry, and compares the CPU time of
// each with that of type-checking its package, the least of several rounds
// each. What is done once for a package is shared out among its entries:
//
//	go test -run '^$' -bench Entries -benchtime 5x ./passes/internal/explore
//
// median and p95 are the entries' cost in packages type-checked; the median
// is to be below 0.05 and the 95th percentile below 4.
func BenchmarkEntries(b *testing.B) {
	root := filepath.Join(gobuild.Default.GOROOT, "src/runtime")
	right := rightChecks(b)
	b.Run("race", func(b *testing.B) {
		cost(b, filepath.Join(root, "race/testdata"), func(name string) bool {
			return strings.HasPrefix(name, "TestRace") || strings.HasPrefix(name, "TestNoRace")
		})
	})
	b.Run("kernels", func(b *testing.B) {
		cost(b, filepath.Join(root, "testdata/testgoroutineleakprofile/goker"), func(name string) bool { return right[name] != "" })
	})
}

func cost(b *testing.B, dir string, isEntry func(name string) bool) {
	texts := make(map[string]string)
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		if base := filepath.Base(name); !strings.HasPrefix(base, "cgo_test") && base != "synctest_test.go" {
			texts[name] = withoutRaceCalls.Replace(string(text))
		}
	}
	src := loadText(b, texts)
	check := timeToCheck(b, src)
	var entries []*Entry
	for _, fn := range src.funcs {
		if fn.Parent() == nil && fn.Signature.Recv() == nil && isEntry(fn.Name()) {
			entries = append(entries, &Entry{Name: fn.Name(), Func: fn, Kind: Test})
		}
	}
	each := slices.Repeat([]time.Duration{time.Hour}, len(entries))
	var spent time.Duration
	steps := 0
	for b.Loop() {
		start := cpuTime(b)
		p, err := newPlan(src.pkg, Default)
		if err != nil {
			b.Fatal(err)
		}
		share := (cpuTime(b) - start) / time.Duration(len(entries))
		for i, e := range entries {
			start := cpuTime(b)
			p.explore(e, Default, maxAttempts)
			took := cpuTime(b) - start + share
			each[i] = min(each[i], took)
			spent += took
		}
		for _, e := range p.result.Entries {
			steps += e.Steps
		}
	}
	slices.Sort(each)
	b.ReportMetric(float64(each[len(each)/2])/float64(check), "median/check")
	b.ReportMetric(float64(each[len(each)*95/100])/float64(check), "p95/check")
	b.ReportMetric(float64(steps)/spent.Seconds(), "steps/CPU-s")
}

// timeToCheck is the CPU time of type-checking a package once more, without
// its SSA form: the least of five.
func timeToCheck(b *testing.B, src *source) time.Duration {
	b.Helper()
	least := time.Hour
	for range 5 {
		start := cpuTime(b)
		again := &source{texts: src.texts, imports: src.imports}
		if _, _, err := again.check(token.NewFileSet()); err != nil {
			b.Fatal(err)
		}
		least = min(least, cpuTime(b)-start)
	}
	return least
}

func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
