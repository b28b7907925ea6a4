package output

import (
	"fmt"
	"io"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Line writes one line per finding, path:line:col: message (name), and then
// one per compile error.
func Line(w io.Writer, base Base, r Report) error {
	for _, f := range r.Findings {
		fmt.Fprintln(w, headline(base, f))
	}
	for _, p := range r.compileErrors() {
		fmt.Fprintln(w, errorLine(base, p))
	}
	return omitted(w, r)
}

// omitted says that there is more than is shown.
func omitted(w io.Writer, r Report) error {
	if r.Omitted == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%s more, left out by -max\n", plural(r.Omitted, "finding"))
	return err
}

func headline(base Base, f finding.Finding) string {
	return fmt.Sprintf("%s: %s (%s)%s", base.Position(f.Range.Start), oneLine(f.Message), name(f), remarks(f))
}

func errorLine(base Base, p finding.Problem) string {
	return fmt.Sprintf("%s: %s (%s)", base.Position(p.Range.Start), oneLine(p.Message), compile)
}
