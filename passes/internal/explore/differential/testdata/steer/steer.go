// Command steer runs generated programs, whose goroutines stop in front of
// each visible operation until they are let on, one at a time, in an order
// that is drawn: so rare schedules come up as often as others. What happens
// is printed on standard error, between the reports of the race detector.
//
// The gates must not order what they steer: they are plain variables,
// unseen by the race detector, on one processor.
package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
)

// steer FROM TO RUN RUNS: programs FROM to TO, each RUNS times, the first one
// from run RUN on.
func main() {
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(-1)
	from, to, first, runs := argument(1), argument(2), argument(3), argument(4)
	for i := from; i < to; i++ {
		say("@program", i)
		seen := make(map[string]bool)
		for r := first; r < runs; r++ {
			what := run(programs[i], policyOf(i, r))
			if what != "" && !seen[what] {
				seen[what] = true
				say(what)
			}
			if len(leaked) > 200 { // a fresh process is quicker
				say("@next", i, r+1)
				return
			}
		}
		first = 0
		runtime.GC()
	}
	say("@next", to, 0)
}

func argument(i int) int {
	n, err := strconv.Atoi(os.Args[i])
	if err != nil {
		panic(err)
	}
	return n
}

func say(words ...any) {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch w := w.(type) {
		case int:
			b.WriteString(strconv.Itoa(w))
		case string:
			b.WriteString(w)
		}
	}
	b.WriteByte('\n')
	os.Stderr.WriteString(b.String())
}

// A policy chooses who is let on.
type policy struct {
	r              *rand.Rand
	newest, oldest float64
}

// policyOf draws a policy for a run: any goroutine, mostly the one that ran
// last, mostly the one that has waited longest.
func policyOf(program, run int) policy {
	p := policy{r: rand.New(rand.NewPCG(uint64(program), uint64(run)))}
	switch run % 4 {
	case 1:
		p.newest = 0.8
	case 2:
		p.oldest = 0.8
	case 3:
		p.newest, p.oldest = 0.4, 0.4
	}
	return p
}

func (p policy) choose(n int) int {
	switch x := p.r.Float64(); {
	case x < p.newest:
		return n - 1
	case x < p.newest+p.oldest:
		return 0
	}
	return p.r.IntN(n)
}

type gate struct{ open bool }

// The run that goes on.
var (
	gates    [64]*gate // goroutines that wait to be let on, the newest last
	waiting  int       // how many
	alive    int       // goroutines that have not ended
	progress int
	aborted  bool
	crash    string
	leaked   = make(map[string]bool) // goroutines of runs before
)

// at is the gate in front of a visible operation.
//
//go:norace
//go:noinline
func at() {
	g := new(gate)
	gates[waiting] = g // not append, which tells the race detector
	waiting++
	progress++
	for !g.open && !aborted {
		runtime.Gosched()
	}
	progress++
	if aborted {
		runtime.Goexit()
	}
}

//go:norace
//go:noinline
func starts() { alive++ }

// ends is deferred by each goroutine. A panic ends the run.
//
//go:norace
//go:noinline
func ends() {
	if r := recover(); r != nil && !aborted {
		crash = "!panic " + innermost(stackOfPanic()) + " " + textOf(r)
		aborted = true
	}
	alive--
	progress++
}

func textOf(r any) string {
	switch r := r.(type) {
	case error:
		return r.Error()
	case string:
		return r
	}
	return "?"
}

func stackOfPanic() string {
	buf := make([]byte, 1<<14)
	trace := string(buf[:runtime.Stack(buf, false)])
	if _, after, ok := strings.Cut(trace, "panic("); ok {
		return after
	}
	return trace
}

// run runs a program once and says what happened, if anything did.
//
//go:norace
//go:noinline
func run(f func(), p policy) string {
	waiting, alive, aborted, crash = 0, 1, false, ""
	go func() {
		defer ends()
		f()
	}()
	for {
		settle()
		switch {
		case aborted:
			settle()
			blocked()
			return crash
		case alive == 0:
			return ""
		case waiting == 0:
			if lines, ok := blocked(); ok {
				return "!stuck " + lines
			}
			continue
		}
		i := p.choose(waiting)
		g := gates[i]
		waiting--
		for ; i < waiting; i++ {
			gates[i] = gates[i+1]
		}
		g.open = true
	}
}

// settle lets the others run until each of them waits, at a gate or for
// another.
//
//go:norace
//go:noinline
func settle() {
	for quiet := 0; quiet < 4; quiet++ {
		before := progress
		runtime.Gosched()
		if progress != before {
			quiet = 0
		}
	}
}

// blocked returns the lines at which goroutines of the run are blocked, and
// whether none of them can move.
func blocked() (string, bool) {
	buf := make([]byte, 1<<20)
	buf = buf[:runtime.Stack(buf, true)]
	var lines []int
	var ids []string
	for _, trace := range bytes.Split(buf, []byte("\n\n")) {
		head, rest, _ := strings.Cut(string(trace), "\n")
		id, state, _ := strings.Cut(head, " [")
		place := innermost(rest)
		if place == "" || leaked[id] {
			continue
		}
		if strings.HasPrefix(state, "run") { // running or runnable
			return "", false
		}
		n, _ := strconv.Atoi(place)
		lines, ids = append(lines, n), append(ids, id)
	}
	for _, id := range ids {
		leaked[id] = true
	}
	slices.Sort(lines)
	words := make([]string, 0, len(lines))
	for _, n := range lines {
		words = append(words, strconv.Itoa(n))
	}
	return strings.Join(words, ","), true
}

// innermost returns the first line of the programs in a stack trace.
func innermost(trace string) string {
	_, after, ok := strings.Cut(trace, "programs.go:")
	if !ok {
		return ""
	}
	end := strings.IndexFunc(after, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		return after
	}
	return after[:end]
}
