package cli

import (
	"os"
	"slices"
	"strconv"

	"golang.org/x/term"

	"github.com/goconclint/goconclint/cmd/internal/output"
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

// terminal is how findings are shown to people on standard output: plainly,
// where it isn't a terminal.
func (v *view) terminal(base output.Base) output.Terminal {
	return output.Terminal{
		Base:  base,
		Color: v.color == "always" || isTerminal(os.Stdout) && v.colored(),
		Links: v.linked(),
		Width: columns(os.Stdout),
	}
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
