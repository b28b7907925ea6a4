// Package graph uses bools that say something, or that others see.
package graph

type walker struct {
	seen   map[int]struct{}
	states map[int]bool
	Shown  map[int]bool
	quit   chan bool
}

func (w *walker) walk(n int) {
	w.seen[n] = struct{}{}
	w.states[n] = false // false says something
	w.Shown[n] = true
	if w.states[n] {
		w.quit <- n > 3
	}
}

func (w *walker) wait() bool {
	return <-w.quit
}

// given by callers.
func given(seen map[string]bool, s string) {
	seen[s] = true
}

func passed() int {
	seen := make(map[string]bool)
	seen["a"] = true
	given(seen, "b")
	return len(seen)
}

func returned() map[string]bool {
	set := map[string]bool{}
	set["a"] = true
	return set
}

func computed(list []int) (n int) {
	even := make(map[int]bool)
	for _, x := range list {
		even[x] = x%2 == 0
	}
	for _, is := range even {
		if is {
			n++
		}
	}
	return n
}

func answered(list []int, x int) bool {
	set := make(map[int]bool)
	for _, y := range list {
		set[y] = true
	}
	return set[x] // the comma-ok form would take two lines
}

func read(in chan bool) {
	out := make(chan bool, 1)
	go func() { out <- <-in }()
	if <-out {
		return
	}
}

type flags map[string]bool

func named() int {
	f := flags{}
	f["a"] = true
	return len(f)
}
