package explore

import (
	"slices"
	"strings"
	"testing"
)

// TestCounters: of the functions of a package, literals included, those count
// as entered that an entry comes to, an instance for what it was made from,
// and a path of a loop that goes on for too long counts as cut.
func TestCounters(t *testing.T) {
	const text = `package p

func Serve(work []int) {
	done := make(chan bool)
	go func() {
		each(work, func(int) {})
		done <- true
	}()
	<-done
}

func Spin() {
	go func() {}()
	for n := 0; ; n++ {
	}
}

func each[T any](list []T, f func(T)) {
	for _, e := range list {
		f(e)
	}
}

func nobodyCalls() { func() {}() }

func elsewhere()
`
	src := loadText(t, map[string]string{"p.go": text})
	lines := func() []string {
		r := Explore(src.pkg, Entries(src.pkg, src.funcs), Default)
		r.cover(src.funcs)
		return r.Counters()
	}
	got := lines()
	if len(got) != 3 || !strings.HasPrefix(got[0], "entry Serve: ") || !strings.HasPrefix(got[1], "entry Spin: ") {
		t.Fatalf("got %q", got)
	}
	for i, want := range []string{" 0 of ", " 1 of 1 paths cut", "together: 6 of 8 functions entered, 1 of "} {
		if !strings.Contains(got[i], want) {
			t.Errorf("got %q, want %q in it", got[i], want)
		}
	}
	if again := lines(); !slices.Equal(got, again) {
		t.Errorf("the second time\n%q, the first\n%q", again, got)
	}
	if idle := new(Result).Counters(); len(idle) > 0 {
		t.Errorf("nothing was to be explored: %q", idle)
	}
}
