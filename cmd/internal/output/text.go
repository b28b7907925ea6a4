package output

import (
	"fmt"
	"io"
)

// Text writes the lines of [Line] and, below each finding, a line for each
// related position that starts with a TAB. Editors that read the first kind
// take the second as its continuation.
func Text(w io.Writer, base Base, r Report) error {
	for _, f := range r.Findings {
		fmt.Fprintln(w, headline(base, f))
		for _, related := range f.Related {
			fmt.Fprintf(w, "\t%s: %s\n", base.Position(related.Range.Start), oneLine(related.Message))
		}
	}
	for _, p := range r.compileErrors() {
		fmt.Fprintln(w, errorLine(base, p))
	}
	return omitted(w, r)
}
