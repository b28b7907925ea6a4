package hotprofile

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/pprof/profile"
)

// A stack is written innermost frame first, "symbol file:line" joined by
// " < "; frames joined by " ^ " are inlined into the next.
type stack struct {
	frames string
	value  int64
}

func encode(t *testing.T, types string, stacks ...stack) []byte {
	t.Helper()
	p := &profile.Profile{PeriodType: &profile.ValueType{Type: "cpu", Unit: "nanoseconds"}, Period: 1}
	for name := range strings.FieldsSeq(types) {
		p.SampleType = append(p.SampleType, &profile.ValueType{Type: name, Unit: "count"})
	}
	for _, s := range stacks {
		sample := &profile.Sample{}
		for range p.SampleType {
			sample.Value = append(sample.Value, s.value)
		}
		for location := range strings.SplitSeq(s.frames, " < ") {
			at := &profile.Location{ID: uint64(len(p.Location) + 1)}
			for frame := range strings.SplitSeq(location, " ^ ") {
				symbol, place, _ := strings.Cut(frame, " ")
				file, number, _ := strings.Cut(place, ":")
				line := int64(0)
				for _, digit := range number {
					line = 10*line + int64(digit-'0')
				}
				fn := &profile.Function{ID: uint64(len(p.Function) + 1), Name: symbol, SystemName: symbol, Filename: file, StartLine: 1}
				p.Function = append(p.Function, fn)
				at.Line = append(at.Line, profile.Line{Function: fn, Line: line})
			}
			p.Location = append(p.Location, at)
			sample.Location = append(sample.Location, at)
		}
		p.Sample = append(p.Sample, sample)
	}
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, types string, stacks ...stack) *Profile {
	t.Helper()
	p, err := Parse(encode(t, types, stacks...))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var program = []stack{
	{"m.inner a.go:5 ^ m.outer a.go:9 < main.main cmd/x/main.go:3", 10},
	{"runtime.mallocgc malloc.go:1 < runtime.newobject malloc.go:2 < m.outer a.go:10 < main.main cmd/x/main.go:3", 20},
	{"runtime.gcAssistAlloc gc.go:1 < runtime.mallocgc malloc.go:1 < m.outer a.go:10 < main.main cmd/x/main.go:3", 5},
	{"runtime.growslice slice.go:1 < fmt.Sprintf print.go:7 < m.outer a.go:11 < main.main cmd/x/main.go:4", 20},
	{"runtime.scanobject gc.go:3 < runtime.gcBgMarkWorker gc.go:9", 40},
	{"runtime.findRunnable proc.go:3 < runtime.mcall asm.s:9", 5},
}

func TestBelow(t *testing.T) {
	p := read(t, "samples cpu", program...)
	if p.Kind != CPU || p.Total.CPU != 100 || p.Total.Alloc != 40 || p.Total.GC != 45 {
		t.Errorf("kind %s, total %+v", p.Kind, p.Total)
	}
	got := make(map[int]Cost)
	for _, c := range p.In("m", "/elsewhere/a.go") {
		got[c.Line.Line] = c.Cost
	}
	for at, want := range map[int]Cost{
		5:  {CPU: 10},
		9:  {CPU: 10},
		10: {CPU: 25, Alloc: 20, GC: 5 + 20},
		11: {CPU: 20, Alloc: 20, GC: 20},
	} {
		if got[at] != want {
			t.Errorf("line %d costs %+v, want %+v", at, got[at], want)
		}
	}
	if lines := p.In("main", "/home/x/main.go"); len(lines) != 2 {
		t.Errorf("%d lines of the command", len(lines))
	}
	if lines := p.In("main", "/home/y/main.go"); len(lines) != 0 {
		t.Errorf("another command has %d lines", len(lines))
	}
	if share := p.MemoryShare(got[10]); share != 0.45 {
		t.Errorf("line 10 spends %v on memory", share)
	}
}

// TestCharged: what a package that isn't wanted allocates is charged to its
// caller.
func TestCharged(t *testing.T) {
	p := read(t, "samples cpu", program...)
	got := make(map[int]Cost)
	for _, c := range p.Charged(func(pkg, _ string) bool { return pkg == "m" || pkg == "main" }) {
		got[c.Line.Line] = c.Cost
	}
	for at, want := range map[int]Cost{
		3: {}, 5: {CPU: 10}, 9: {}, 10: {CPU: 25, Alloc: 20, GC: 25}, 11: {CPU: 20, Alloc: 20, GC: 20},
	} {
		if got[at] != want {
			t.Errorf("line %d is charged %+v, want %+v", at, got[at], want)
		}
	}
}

func TestHeap(t *testing.T) {
	p := read(t, "alloc_objects alloc_space inuse_objects inuse_space", stack{"m.f a.go:3 < main.main x/main.go:1", 7})
	if p.Kind != Heap || p.Total.Bytes != 7 || p.Share(Cost{Bytes: 7}) != 1 {
		t.Errorf("heap profile %+v", p.Total)
	}
}

func TestBadInput(t *testing.T) {
	good := encode(t, "samples cpu", program...)
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"empty":     {nil, "the file is empty"},
		"truncated": {good[:len(good)/2], "truncated"},
		"other":     {[]byte("package p\n"), "a file of another kind"},
		"mutex":     {encode(t, "contentions delay", program...), "measures contentions and delay: a CPU or allocation profile is needed"},
		"nothing":   {encode(t, "samples cpu"), "no samples"},
	} {
		if _, err := Parse(test.data); err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
}

func TestSymbols(t *testing.T) {
	for symbol, want := range map[string][3]string{
		"main.main":                          {"main", "main", "main"},
		"github.com/a/b.F":                   {"github.com/a/b", "F", "F"},
		"gopkg.in/yaml%2ev3.(*parser).parse": {"gopkg.in/yaml.v3", "(*parser).parse", "parser.parse"},
		"a/b.T.M":                            {"a/b", "T.M", "T.M"},
		"a/b.T.M.func1":                      {"a/b", "T.M.func1", "T.M"},
		"a/b.F.func1.2":                      {"a/b", "F.func1.2", "F"},
		"a/b.F.gowrap1":                      {"a/b", "F.gowrap1", "F"},
		"a/b.F.func1.(*T).All.func2":         {"a/b", "F.func1.(*T).All.func2", "T.All"},
		"a/b.F.(*T).All.func1-range1":        {"a/b", "F.(*T).All.func1-range1", "F.T.All"},
		"a/b.F-range1":                       {"a/b", "F-range1", "F"},
		"a/b.Map[go.shape.int,a/c.D].func1":  {"a/b", "Map[go.shape.int,a/c.D].func1", "Map"},
		"a/b.(*L[go.shape.int]).Push":        {"a/b", "(*L[go.shape.int]).Push", "L.Push"},
		"gcWriteBarrier":                     {"", "gcWriteBarrier", "gcWriteBarrier"},
	} {
		pkg, name := SplitSymbol(symbol)
		if got := [3]string{pkg, name, Line{Function: name}.Outer()}; got != want {
			t.Errorf("%s is %q, want %q", symbol, got, want)
		}
	}
}

// TestInlined: a literal of an inlined function belongs to the package whose
// file it is in, though its name says another one.
func TestInlined(t *testing.T) {
	const literal = "m/app.Longest.(*List).All.func1 /src/m/store/list.go:5"
	for name, frames := range map[string]string{
		"by a function beside it": literal + " < m/app.Longest /src/m/app/a.go:3 < m/store.New /src/m/store/new.go:9",
		"by folders":              literal + " < m/app.Longest /src/m/app/a.go:3",
		"beside a command":        strings.Replace(literal, "m/app.", "main.", 1) + " < main.Longest /src/m/cmd/x/a.go:3 < m/app.F /src/m/app/b.go:9",
	} {
		p := read(t, "samples cpu", stack{frames, 10})
		if lines := p.In("m/store", "list.go"); len(lines) != 1 || lines[0].Line.Line != 5 {
			t.Errorf("%s: %d lines of m/store/list.go, packages %q", name, len(lines), p.Packages())
		}
	}
	for _, own := range []string{
		"main.main.func1 /src/m/cmd/x/main.go:3 < m/app.F /src/m/app/a.go:1",
		"m/app_test.TestF.func1 /src/m/app/a_test.go:3 < m/app_test.TestF /src/m/app/a_test.go:9 < m/app.F /src/m/app/a.go:1",
		"m/x.T.M.func1 /src/m/other/a.go:3 < m/app.F /src/m/app/a.go:1",
		"sort.Slice.func1 /root/src/sort/a.go:3 < sort.Slice /root/src/sort/a.go:9",
		"points.Sum.func1 points/a.go:3 < points.Sum points/a.go:9", // built with -trimpath
	} {
		pkg, _ := SplitSymbol(strings.Fields(own)[0])
		if p := read(t, "samples cpu", stack{own, 10}); !slices.Contains(p.Packages(), pkg) {
			t.Errorf("%s went to one of %q", own, p.Packages())
		}
	}
}

// TestPlaceInlined: the end of a literal's name says which function it is in.
func TestPlaceInlined(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "list.go", "package store\n\ntype List struct{}\n\nfunc (l *List) All() func() {\n\treturn func() {}\n}\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	charges := []*Charge{
		{Line: Line{Function: "Longest.(*List).All.func1", Line: 6}},
		{Line: Line{Function: "List.All", Line: 9}},
		{Line: Line{Function: "Gone.All", Line: 6}},
	}
	placed, strays := Place(fset, file, charges)
	if len(placed) != 1 || placed[0].Outer() != "List.All" || placed[0].At != 6 || len(strays) != 2 {
		t.Errorf("placed %v, strays %v", placed, strays)
	}
}

func TestRef(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cpu.pprof")
	if err := os.WriteFile(path, encode(t, "samples cpu", program...), 0o600); err != nil {
		t.Fatal(err)
	}
	var ref, again Ref
	if err := ref.Set(path); err != nil {
		t.Fatal(err)
	}
	if want := path + "@sha256:"; !strings.HasPrefix(ref.String(), want) {
		t.Errorf("the flag is %q", ref.String())
	}
	if err := again.Set(ref.String()); err != nil || again.Profile() == nil {
		t.Errorf("the flag doesn't read its own text: %v", err)
	}
	if err := os.WriteFile(path, encode(t, "samples cpu", program[:2]...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := again.Set(ref.String()); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("a profile that changed: %v", err)
	}
	if err := again.Set(filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a profile that isn't there: %v", err)
	}
	if err := again.Set(""); err != nil || again.Profile() != nil || again.String() != "" {
		t.Errorf("no profile: %v", err)
	}
}
