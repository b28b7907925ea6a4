package explore

import (
	"strings"
	"testing"
)

// TestReductions explores programs that have few states once names, garbage,
// dead registers, independent groups and twins are seen through, and very
// many before.
func TestReductions(t *testing.T) {
	src := loadText(t, map[string]string{"reductions.go": `package p

import (
	"sync"
	"time"
)

type box struct{ n int }

// Each round makes new objects and comes back to the same state.
func Garbage(stop chan bool) {
	done := make(chan bool)
	go func() {
		time.Sleep(1)
		close(done)
	}()
	for {
		select {
		case <-done:
			return
		default:
			b := &box{1}
			func() { b.n++ }()
		}
	}
}

// A register that nobody reads again tells no states apart.
func DeadRegisters() {
	ch := make(chan int)
	for i := 0; i < 8; i++ {
		go func(k int) { ch <- 0 }(i)
	}
	for i := 0; i < 8; i++ {
		<-ch
	}
}

// Pairs that share nothing run one after the other, and once.
func Pairs() {
	for i := 0; i < 6; i++ {
		go func() {
			ch := make(chan int)
			go func() { ch <- 1 }()
			<-ch
		}()
	}
}

// A hundred of a kind are as good as two.
func Twins() {
	for i := 0; i < 100; i++ {
		go func() {
			var mu sync.Mutex
			mu.Lock()
			mu.Unlock()
		}()
	}
}
`})
	atMost := map[string]int{"Garbage": 30, "DeadRegisters": 400, "Pairs": 40, "Twins": 20}
	for _, fn := range src.funcs {
		most, ok := atMost[fn.Name()]
		if !ok {
			continue
		}
		r := Explore(src.pkg, []*Entry{{Name: fn.Name(), Func: fn, Kind: Test}}, Default)
		s := r.Entries[0]
		if s.States > most || s.OutOfBudget {
			t.Errorf("%s: %d states, want at most %d; %+v", s.Entry, s.States, most, s)
		}
	}
}

// TestAnswersThatMatter: a finding counts the places whose answers it needs.
func TestAnswersThatMatter(t *testing.T) {
	src := loadText(t, map[string]string{"answers.go": `package p

func OnePlaceManyRounds(names []string, keep func(string) bool) (out []string) {
	for _, name := range names {
		go func() {
			if keep(name) {
				out = append(out, name)
			}
		}()
	}
	return nil
}

func EitherWay(a, b, c bool) int {
	n := 0
	if a {
		println()
	}
	if b {
		println()
	}
	go func() { n++ }()
	return n
}

func Errors(f func() error) int {
	n := 0
	if err := f(); err != nil {
		go func() { n++ }()
	}
	return n
}
`})
	want := map[string]int{"OnePlaceManyRounds": 2, "EitherWay": 0, "Errors": 0}
	for _, fn := range src.funcs {
		n, ok := want[fn.Name()]
		if !ok {
			continue
		}
		r := Explore(src.pkg, []*Entry{{Name: fn.Name(), Func: fn, Kind: Spawn, library: true}}, Default)
		if len(r.Findings) == 0 {
			t.Errorf("%s: nothing found", fn.Name())
			continue
		}
		if got := r.Findings[0].Unknowns; got > n {
			t.Errorf("%s: %d unknowns, want at most %d", fn.Name(), got, n)
		}
	}
}

// TestPrefix: what happens before small constants have an influence is as
// sure as in an exact run, the rest isn't.
func TestPrefix(t *testing.T) {
	src := loadText(t, map[string]string{"prefix.go": `package p

func EachLeaks() {
	for i := 0; i < 100_000; i++ {
		go func() {
			ch := make(chan int)
			ch <- i
		}()
	}
}

func CountsDiffer() {
	ch := make(chan int)
	for i := 0; i < 5_000; i++ {
		go func() {
			for j := 0; j < 4; j++ {
				ch <- j
			}
		}()
	}
	for i := 0; i < 20_000; i++ {
		<-ch
	}
}
`})
	for _, fn := range src.funcs {
		if fn.Parent() != nil {
			continue
		}
		r := Explore(src.pkg, []*Entry{{Name: fn.Name(), Func: fn, Kind: Test}}, Default)
		sure := 0
		for _, f := range r.Findings {
			if !f.Low() {
				sure++
			}
		}
		if leaks := strings.HasSuffix(fn.Name(), "Leaks"); leaks != (sure > 0) {
			t.Errorf("%s: %d sure findings of %d; %+v", fn.Name(), sure, len(r.Findings), r.Entries)
		}
	}
}
