package cli

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/goconclint/goconclint/cmd/internal/drive"
)

// A progress is one line on standard error, redrawn as packages are done and
// while one takes long. It is silent unless standard error is a terminal.
type progress struct {
	on    bool
	width int
	stop  chan struct{}

	mu      sync.Mutex
	drawn   time.Time
	last    drive.Progress
	running map[string]time.Time // packages by when work on them began
}

const (
	redrawAfter = 50 * time.Millisecond // keeps a fast run from being slowed down by its terminal
	slowAfter   = 2 * time.Second       // then a package is named
	barWidth    = 20
)

func newProgress(o *options) *progress {
	p := &progress{
		on:      !o.quiet && isTerminal(os.Stderr) && os.Getenv("TERM") != "dumb",
		running: make(map[string]time.Time),
		stop:    make(chan struct{}),
	}
	if p.on {
		p.width = columns(os.Stderr)
		p.draw("loading packages")
		go p.tick()
	}
	return p
}

// tick redraws the line now and then, so that slow packages show.
func (p *progress) tick() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-ticker.C:
			p.mu.Lock()
			if p.last.Total > 0 {
				p.draw(p.line())
			}
			p.mu.Unlock()
		}
	}
}

// begin is told about each package that work begins on.
func (p *progress) begin(pkg string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running[pkg] = time.Now()
}

// report is told about each package that is done.
func (p *progress) report(at drive.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = at
	delete(p.running, at.Package)
	if p.on && (time.Since(p.drawn) >= redrawAfter || at.Done == at.Total) {
		p.draw(p.line())
	}
}

// line shows how far the run is, and the packages that take long or, if none
// does, the one that was done last.
func (p *progress) line() string {
	done := barWidth * p.last.Done / max(p.last.Total, 1)
	bar := strings.Repeat("█", done) + strings.Repeat("░", barWidth-done)
	return fmt.Sprintf("%s %d/%d packages  %s", bar, p.last.Done, p.last.Total, cmp.Or(p.slow(), p.last.Package))
}

// slow names the packages that take long, the slowest first.
func (p *progress) slow() string {
	var names []string
	for name, begun := range p.running {
		if time.Since(begun) >= slowAfter {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return p.running[a].Compare(p.running[b]) })
	for i, name := range names {
		names[i] = fmt.Sprintf("%s (%d s)", name, int(time.Since(p.running[name]).Seconds()))
	}
	return strings.Join(names, ", ")
}

func (p *progress) draw(text string) {
	p.drawn = time.Now()
	if runes := []rune(text); p.width > 0 && len(runes) >= p.width { // import paths are ASCII
		text = string(runes[:p.width-1])
	}
	fmt.Fprint(os.Stderr, clearLine+text)
}

// erase removes the line.
func (p *progress) erase() {
	close(p.stop)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.on {
		fmt.Fprint(os.Stderr, clearLine)
		p.on = false
	}
	p.last = drive.Progress{} // tick draws nothing any more
}

// clearLine goes to the start of the line and erases it.
const clearLine = "\r\x1b[K"
