package explore

import (
	gobuild "go/build"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRepairs explores repaired twins of the runtime's kernels, on which the
// engine must be silent: each patch of testdata/repairs takes the bug out of
// the kernel's source, in a few lines, and says how. It also counts how many
// of them it reports as they were.
func TestRepairs(t *testing.T) {
	before, after := kernelTwins(t)
	right := rightChecks(t)
	broken, repaired := loadText(t, before), loadText(t, after)
	reported, silent, n := 0, 0, 0
	for _, fn := range repaired.funcs {
		if right[fn.Name()] == "" || fn.Parent() != nil || fn.Signature.Recv() != nil {
			continue
		}
		n++
		if len(broken.shown(t, fn.Name())) > 0 {
			reported++
		}
		if seen := repaired.shown(t, fn.Name()); len(seen) > 0 {
			t.Logf("%s: %s", fn.Name(), strings.Join(seen, "; "))
			continue
		}
		silent++
	}
	t.Logf("silent on %d of %d repaired kernels, %d reported before", silent, n, reported)
	if n != len(after)-1 {
		t.Errorf("%d patches, but %d kernels", len(after)-1, n)
	}
	if silent < n || n < repairFloor || reported < reportedFloor {
		t.Errorf("below the floor of %d, all of them silent, %d reported before", repairFloor, reportedFloor)
	}
}

// How many kernels are repaired, and how many of these are reported unless
// they are; these only rise. Not repaired is Moby27782, which has no leak.
const (
	repairFloor   = 62
	reportedFloor = 60
)

// kernelTwins returns the sources of the kernels that have a patch, and what
// the patches make of them, by file.
func kernelTwins(t *testing.T) (before, after map[string]string) {
	t.Helper()
	dir := filepath.Join(gobuild.Default.GOROOT, "src/runtime/testdata/testgoroutineleakprofile/goker")
	patches, err := filepath.Glob("testdata/repairs/*.patch")
	if err != nil {
		t.Fatal(err)
	}
	before = make(map[string]string)
	for _, name := range append(patches, "main.patch") {
		file := strings.TrimSuffix(filepath.Base(name), ".patch") + ".go"
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			lacking(t, err)
		}
		before[file] = string(text)
	}
	after = maps.Clone(before)
	for _, name := range patches {
		patch, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file := strings.TrimSuffix(filepath.Base(name), ".patch") + ".go"
		if after[file], err = applyPatch(before[file], string(patch)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return before, after
}

// shown explores one function and describes what would be reported.
func (s *source) shown(t *testing.T, name string) []string {
	t.Helper()
	r := Explore(s.pkg, []*Entry{{Name: name, Func: s.pkg.Func(name), Kind: Test}}, budgetOf(t))
	for _, err := range r.Errors {
		t.Error(err)
	}
	var list []string
	for _, f := range r.Findings {
		if f.Low() {
			continue
		}
		words := []string{string(f.Kind)}
		for _, o := range f.Ops {
			words = append(words, s.at(o.Pos))
		}
		list = append(list, strings.Join(words, " "))
	}
	return list
}
