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

// A policy chooses who is let on: any goroutine, or the one that has waited
// longest, or the one with the highest priority, which now and then it loses
// (Burckhardt and others, A randomized scheduler with probabilistic
// guarantees of finding bugs, ASPLOS 2010).
type policy struct {
	r          *rand.Rand
	priorities map[string]float64 // by goroutine, nil if there are none
	losses     float64
	oldest     float64
}

func policyOf(program, run int) *policy {
	p := &policy{r: rand.New(rand.NewPCG(uint64(program), uint64(run)))}
	switch run % 4 {
	case 1:
		p.priorities, p.losses = make(map[string]float64), 0.05
	case 2:
		p.oldest = 0.8
	case 3:
		p.priorities, p.losses = make(map[string]float64), 0.2
	}
	return p
}

func (p *policy) choose(waiting []*gate) int {
	if p.priorities == nil {
		if p.r.Float64() < p.oldest {
			return 0
		}
		return p.r.IntN(len(waiting))
	}
	best := 0
	for i, g := range waiting {
		if p.priority(g) > p.priority(waiting[best]) {
			best = i
		}
	}
	if p.r.Float64() < p.losses {
		p.priorities[waiting[best].goroutine] = -p.r.Float64()
	}
	return best
}

func (p *policy) priority(g *gate) float64 {
	x, ok := p.priorities[g.goroutine]
	if !ok {
		x = p.r.Float64()
		p.priorities[g.goroutine] = x
	}
	return x
}

type gate struct {
	open      bool
	goroutine string
}

// The run that goes on.
var (
	gates    [64]*gate // goroutines that wait to be let on, the newest last
	waiting  int       // how many
	alive    int       // goroutines that have not ended
	progress int
	aborted  bool
	crash    string
	leaked   = make(map[string]bool) // goroutines of runs before
	stacks   = make([]byte, 1<<20)
)

// at is the gate in front of a visible operation.
//
//go:norace
//go:noinline
func at() {
	g := &gate{goroutine: self()}
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

// self names the running goroutine.
//
//go:norace
//go:noinline
func self() string {
	var buf [32]byte
	id, _, _ := strings.Cut(string(buf[:runtime.Stack(buf[:], false)]), " [")
	return id
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
func run(f func(), p *policy) string {
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
			if lines, _ := blocked(); lines != "" {
				say("!blocked", lines)
			}
			return crash
		case alive == 0:
			return ""
		case waiting == 0:
			if lines, ok := blocked(); ok {
				return "!stuck " + lines
			}
			continue
		}
		i := p.choose(gates[:waiting])
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
	all := stacks[:runtime.Stack(stacks, true)]
	var lines []int
	var ids []string
	for _, trace := range bytes.Split(all, []byte("\n\n")) {
		head, rest, _ := strings.Cut(string(trace), "\n")
		id, state, _ := strings.Cut(head, " [")
		place := innermost(rest)
		if place == "" || leaked[id] {
			continue
		}
		if strings.HasPrefix(state, "run") { // running or runnable
			return "", false
		}
		if _, origin, ok := strings.Cut(rest, "\npanic("); ok { // and what it deferred is blocked
			say("!panic", innermost(origin), "?")
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
