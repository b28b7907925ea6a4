package explore

import (
	"go/token"
	"regexp"
	"sort"
	"strings"
	"testing"
)

var wanted = regexp.MustCompile(`want "([^"]+)"`)

// TestPrograms explores small programs: each exported function of
// testdata/programs is an entry, and a comment `// want "kind"` stands at
// one of the operations that a finding blames, at the confidence that is shown
// by default. All others are silent.
func TestPrograms(t *testing.T) {
	src := loadDir(t, "testdata/programs", func(string) bool { return true })
	var entries []*Entry
	for _, fn := range src.funcs {
		if fn.Parent() == nil && fn.Signature.Recv() == nil && token.IsExported(fn.Name()) {
			entries = append(entries, &Entry{Name: fn.Name(), Func: fn, Kind: Spawn, library: true})
		}
	}
	compare(t, src, Explore(src.pkg, entries, Default))
}

// compare compares what was found and is shown by default with the comments
// of the sources.
func compare(t *testing.T, src *source, r *Result) {
	t.Helper()
	for _, err := range r.Errors {
		t.Error(err)
	}
	want, met := src.wants(), make(map[string]bool)
	for _, f := range r.Findings {
		if f.Low() {
			continue
		}
		ok := false
		var places []string
		for _, o := range f.Ops {
			place := src.at(o.Pos) + " " + string(f.Kind)
			places = append(places, place)
			if want[place] {
				met[place], ok = true, true
			}
		}
		if !ok {
			t.Errorf("unexpected in %s: %s", f.Entry, strings.Join(places, "; "))
		}
	}
	var missing []string
	for place := range want {
		if !met[place] {
			missing = append(missing, place)
		}
	}
	sort.Strings(missing)
	for _, place := range missing {
		t.Errorf("not found: %s", place)
	}
}

// wants reads the comments that say what is to be found: place and kind.
func (s *source) wants() map[string]bool {
	want := make(map[string]bool)
	for _, f := range s.files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				for _, match := range wanted.FindAllStringSubmatch(c.Text, -1) {
					want[s.at(c.Pos())+" "+match[1]] = true
				}
			}
		}
	}
	return want
}

// TestDeterminism explores the same entries twice.
func TestDeterminism(t *testing.T) {
	src := loadDir(t, "testdata/programs", func(string) bool { return true })
	render := func() string {
		var b strings.Builder
		entries := Entries(src.pkg, src.funcs)
		for _, f := range Explore(src.pkg, entries, Default).Findings {
			b.WriteString(f.Entry + " " + string(f.Kind))
			for _, s := range f.Steps {
				b.WriteString(" " + s.What + src.at(s.Pos))
			}
			b.WriteString("\n")
		}
		return b.String()
	}
	if a, b := render(), render(); a != b || a == "" {
		t.Errorf("two runs differ:\n%s\n%s", a, b)
	}
}
