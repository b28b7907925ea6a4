package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goconclint/goconclint/passes/suite"
)

// man writes the manual page, in the macros of man(7).
func man(w io.Writer, args []string) error {
	if len(args) > 0 {
		return errors.New("man takes no arguments: goconclint man > goconclint.1")
	}
	var all strings.Builder
	if err := allFlags(&all); err != nil {
		return err
	}
	flags, _, _ := strings.Cut(all.String(), "\n\nExit status:")
	fmt.Fprintf(w, ".TH GOCONCLINT 1 \"\" \"goconclint %s\" \"User Commands\"\n", roff(tool().Version))
	fmt.Fprint(w, ".SH NAME\ngoconclint \\- find concurrency, panic, defer and hot-path mistakes in Go code\n")
	fmt.Fprintf(w, ".SH SYNOPSIS\n.nf\n%s\n.fi\n", roff(strings.TrimSpace(commandText)))
	fmt.Fprintf(w, ".SH OPTIONS\n.nf\n%s\n.fi\n", roff(flags))
	fmt.Fprint(w, ".SH CHECKS\n")
	for _, check := range suite.All() {
		fmt.Fprintf(w, ".TP\n.B %s\n%s (%s)\n", check.Name(), roff(check.Page().Summary), standing(check))
	}
	_, err := fmt.Fprint(w, ".SH FILES\n.TP\n.B .goconclint.yaml\nread in the working directory or the nearest one above it; goconclint config init writes one\n"+
		".SH EXIT STATUS\n0: clean; 1: findings; 2: something couldn\\(aqt be analysed or asked; 130: interrupted\n"+
		".SH SEE ALSO\n.BR go (1),\nhttps://github.com/goconclint/goconclint\n")
	return err
}

// roff keeps text from being taken for macros.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
