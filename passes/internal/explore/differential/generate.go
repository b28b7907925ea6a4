package differential

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A program is a function that is being drawn: what its goroutines share,
// and what each of them has to do. Everything shared has a discipline (a lock
// that guards a variable, who sends on a channel and how often), which a
// program keeps or, the more careless it is, breaks.
type program struct {
	r        *rand.Rand
	text     *text
	careless float64
	uses     map[string]bool

	locks   []lock
	vars    []*variable
	workers []*worker // the goroutines, in the order they are started
	before  []duty    // of the function itself, before it starts them,
	during  []duty    // while they run,
	after   []duty    // and after it has waited for them
	group   string    // the WaitGroup whose method Go starts them, if one does
	named   int       // names given so far
	defined []definition
}

// A definition is the lines that declare a name.
type definition struct {
	name    string
	at, end int
}

// A duty writes statements.
type duty func()

// A worker is a goroutine.
type worker struct {
	duties []duty
	last   []duty // deferred, in reverse order
}

func (p *program) chance(share float64) bool { return p.r.Float64() < share }

// mistake reports whether the program breaks a discipline here.
func (p *program) mistake() bool { return p.chance(p.careless) }

func (p *program) use(construct string) { p.uses[construct] = true }

func (p *program) name(prefix string) string {
	p.named++
	return fmt.Sprintf("%s%d", prefix, p.named)
}

func (p *program) write(name string) {
	p.careless = [...]float64{0, 0, 0.15, 0.4}[p.r.IntN(4)]
	p.text.add(plain, "// Mistakes are made with a chance of %v.", p.careless)
	p.text.open(plain, "func %s() {", name)
	p.text.add(plain, "s := 0")
	for range 1 + p.r.IntN(3) {
		p.workers = append(p.workers, new(worker))
	}
	p.share()
	p.wait()
	p.do(p.before)
	for _, w := range p.workers {
		p.start(w)
	}
	p.do(p.mixed(p.during))
	p.do(p.after)
	p.text.add(plain, "_ = s")
	p.text.shut(plain, "}")
	p.text.add(plain, "")
	p.dropUnused()
}

// define writes the declaration of something shared.
func (p *program) define(name, format string, args ...any) {
	p.defined = append(p.defined, definition{name, len(p.text.lines), len(p.text.lines) + 1})
	p.text.add(plain, format, append([]any{name}, args...)...)
}

// defineNumber declares a variable that may only be assigned to, which isn't
// use enough for Go. (Neither compiler nor ssa load it for that.)
func (p *program) defineNumber(name string) {
	p.define(name, "var %s int")
	p.text.add(plain, "_ = %s", name)
	p.defined[len(p.defined)-1].end++
}

// dropUnused takes out declarations of what no duty came to use, which Go
// doesn't allow.
func (p *program) dropUnused() {
	for _, d := range slices.Backward(p.defined) {
		used := slices.ContainsFunc(p.text.lines[d.end:], func(l line) bool { return mentions(l.text, d.name) })
		if !used {
			p.text.lines = slices.Delete(p.text.lines, d.at, d.end)
		}
	}
}

// mentions reports whether a line holds a name, all of it.
func mentions(line, name string) bool {
	for from := 0; ; {
		i := strings.Index(line[from:], name)
		if i < 0 {
			return false
		}
		from += i + len(name)
		if from == len(line) || line[from] < '0' || line[from] > '9' {
			return true
		}
	}
}

// share declares what the goroutines share and hands out duties on it.
func (p *program) share() {
	for range p.r.IntN(2) {
		p.declareLock()
	}
	for range p.r.IntN(2) + 1 - len(p.locks) {
		p.declareVariable()
	}
	protocols := []func(){p.stream, p.replies, p.signal, p.token, p.cancelled, p.condition, p.rendezvous, p.choice, p.nested, p.published, p.readers}
	for range 1 + p.r.IntN(2) {
		protocols[p.r.IntN(len(protocols))]()
	}
}

func (p *program) do(duties []duty) {
	for _, d := range duties {
		d()
	}
}

// mixed returns the duties in a random order.
func (p *program) mixed(duties []duty) []duty {
	duties = slices.Clone(duties)
	p.r.Shuffle(len(duties), func(i, j int) { duties[i], duties[j] = duties[j], duties[i] })
	return duties
}

// start writes a goroutine.
func (p *program) start(w *worker) {
	if p.group == "" && p.chance(0.15) {
		p.startNamed(w)
		return
	}
	begin, end := "go func() {", "}()"
	if p.group != "" {
		p.use("wg.Go")
		begin, end = p.group+".Go(func() {", "})"
	}
	p.text.open(spawn, "%s", begin)
	p.body(w)
	p.text.shut(plain, end)
}

func (p *program) startNamed(w *worker) {
	p.use("closure")
	f := p.name("work")
	p.text.open(plain, "%s := func() {", f)
	p.body(w)
	p.text.shut(plain, "}")
	p.text.add(spawnFun, "go %s()", f)
}

func (p *program) body(w *worker) {
	p.text.add(plain, "s := 0")
	p.do(w.last)
	p.do(p.mixed(w.duties))
	p.text.add(plain, "_ = s")
}

// wait makes the function wait for its goroutines, in one of several ways,
// or not at all.
func (p *program) wait() {
	switch p.r.IntN(5) {
	case 0, 1:
		p.waitByGroup()
	case 2, 3:
		p.waitByChannel()
	default:
		for _, v := range p.vars {
			if p.mistake() {
				p.after = append(p.after, func() { p.touch(v, p.chance(0.5)) })
			}
		}
		return
	}
	for _, v := range p.vars {
		if p.chance(0.6) {
			p.after = append(p.after, func() { p.touch(v, p.chance(0.3)) })
		}
	}
}

func (p *program) waitByGroup() {
	p.use("waitgroup")
	wg := p.name("wg")
	p.define(wg, "var %s sync.WaitGroup")
	if !p.mistake() {
		p.after = append(p.after, func() { p.text.add(visible, "%s.Wait()", wg) })
	}
	if p.chance(0.3) {
		p.group = wg
		return
	}
	n := len(p.workers)
	if p.mistake() {
		n += p.r.IntN(3) - 1
	}
	inside := p.mistake() // Add in the goroutine itself: too late
	if !inside {
		p.before = append(p.before, func() { p.text.add(visible, "%s.Add(%d)", wg, n) })
	}
	for _, w := range p.workers {
		if inside {
			w.last = append(w.last, func() { p.text.add(visible, "%s.Add(1)", wg) })
		}
		w.last = append(w.last, func() { p.text.add(deferred, "defer %s.Done()", wg) })
	}
}

func (p *program) waitByChannel() {
	done := p.name("done")
	p.makeChannel(done, len(p.workers))
	for _, w := range p.workers {
		if p.mistake() {
			continue
		}
		w.last = append(w.last, func() {
			p.text.open(plain, "defer func() {")
			p.text.add(visible, "%s <- 1", done)
			p.text.shut(plain, "}()")
		})
	}
	p.after = append(p.after, func() {
		for range p.workers {
			if !p.mistake() {
				p.text.add(visible, "<-%s", done)
			}
		}
	})
}

// makeChannel declares a channel, unbuffered or with room for up to n values.
func (p *program) makeChannel(name string, n int) {
	if p.chance(0.5) {
		p.use("unbuffered channel")
		p.define(name, "%s := make(chan int)")
		return
	}
	p.use("buffered channel")
	p.define(name, "%s := make(chan int, %d)", 1+p.r.IntN(max(n, 1)))
}

// someone is a worker, or nil for the function itself.
func (p *program) someone() *worker {
	if i := p.r.IntN(len(p.workers) + 1); i < len(p.workers) {
		return p.workers[i]
	}
	return nil
}

// other is someone else.
func (p *program) other(than *worker) *worker {
	for {
		if w := p.someone(); w != than {
			return w
		}
	}
}

// give hands a duty to a goroutine.
func (p *program) give(w *worker, d duty) {
	if w == nil {
		p.during = append(p.during, d)
		return
	}
	w.duties = append(w.duties, d)
}
