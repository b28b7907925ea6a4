package cli

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"golang.org/x/term"

	"github.com/goconclint/goconclint/cmd/internal/drive"
)

func isTerminal(file *os.File) bool { return term.IsTerminal(int(file.Fd())) }

// columns returns the width of the terminal, 0 if it isn't known.
func columns(file *os.File) int {
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// colored reports whether a terminal's view is coloured (https://no-color.org).
func (v *view) colored() bool {
	return v.color == "always" ||
		v.color == "auto" && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// linked reports whether the terminal is one of those that show hyperlinks
// (OSC 8); FORCE_HYPERLINK decides where we don't know.
func (v *view) linked() bool {
	if force := os.Getenv("FORCE_HYPERLINK"); force != "" {
		return force != "0"
	}
	if v.color == "never" || !isTerminal(os.Stdout) || os.Getenv("TERM") == "dumb" {
		return false
	}
	for _, name := range []string{"WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "DOMTERM", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR"} {
		if os.Getenv(name) != "" {
			return true
		}
	}
	vte, err := strconv.Atoi(os.Getenv("VTE_VERSION"))
	return err == nil && vte >= 5000 || slices.Contains([]string{"iTerm.app", "vscode", "Hyper"}, os.Getenv("TERM_PROGRAM"))
}

// A progress is one line on standard error, redrawn as packages are done. It
// is silent unless standard error is a terminal.
type progress struct {
	on    bool
	width int
	drawn time.Time
}

// redrawAfter keeps a fast run from being slowed down by its terminal.
const redrawAfter = 50 * time.Millisecond

func newProgress(o *options) *progress {
	p := &progress{on: !o.quiet && isTerminal(os.Stderr) && os.Getenv("TERM") != "dumb"}
	if p.on {
		p.width = columns(os.Stderr)
		p.draw("loading packages")
	}
	return p
}

// report is told about each package that is done.
func (p *progress) report(at drive.Progress) {
	if p.on && (time.Since(p.drawn) >= redrawAfter || at.Done == at.Total) {
		p.draw(fmt.Sprintf("%d/%d packages  %s", at.Done, at.Total, at.Package))
	}
}

func (p *progress) draw(text string) {
	p.drawn = time.Now()
	if p.width > 0 {
		text = text[:min(len(text), p.width-1)] // import paths are ASCII
	}
	fmt.Fprint(os.Stderr, clearLine+text)
}

// erase removes the line.
func (p *progress) erase() {
	if p.on {
		fmt.Fprint(os.Stderr, clearLine)
	}
}

// clearLine goes to the start of the line and erases it.
const clearLine = "\r\x1b[K"
