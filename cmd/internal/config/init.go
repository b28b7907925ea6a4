package config

import (
	"fmt"
	"io"
)

// WriteInitial writes a file that changes nothing: each key as a comment,
// with an example.
func WriteInitial(w io.Writer) error {
	fmt.Fprint(w, "# goconclint reads this file in the working directory and the ones above it.\n"+
		"# Each key stands for a flag, and flags on the command line win.\n"+
		"# goconclint config verify checks it, goconclint config schema describes it.\n")
	for _, k := range keys() {
		if _, err := fmt.Fprintf(w, "\n# %s (%s)\n# %s: %s\n", k.Doc, k.Flag, k.Name, k.Example); err != nil {
			return err
		}
	}
	return nil
}
