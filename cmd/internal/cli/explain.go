package cli

import (
	"errors"
	"fmt"
	"go/doc/comment"
	"io"
	"strings"
)

// explain shows the whole documentation of a check.
func explain(w io.Writer, args []string) error {
	if len(args) != 1 {
		return errors.New("explain takes the name of one check; goconclint list shows them")
	}
	check, err := named(args[0])
	if err != nil {
		return err
	}
	page := check.Page()
	fmt.Fprintf(w, "%s: %s\n%s\n", heading(check.Name()), page.Summary, standing(check))
	writeSection(w, "", prose(page.Prose))
	writeSection(w, "Wrong", indent(page.Wrong))
	writeSection(w, "Right", indent(page.Right))
	writeSection(w, "Silent on", prose(page.SilentOn))
	writeSection(w, "Relatives", prose(page.Relatives))
	writeFlags(w, check)
	_, err = fmt.Fprintf(w, "\nSilence one finding: //goconclint:ignore %s reason\n%s\n", check.Name(), check.Analyzer.URL)
	return err
}

func writeSection(w io.Writer, title, text string) {
	if text = strings.Trim(text, "\n"); text == "" {
		return
	}
	if title != "" {
		title = heading(title+":") + "\n\n"
	}
	fmt.Fprintf(w, "\n%s%s\n", title, text)
}

// prose lays out text in the syntax of Go doc comments.
func prose(text string) string {
	return string(new(comment.Printer).Text(new(comment.Parser).Parse(text)))
}

func indent(code string) string {
	if code == "" {
		return ""
	}
	return "\t" + strings.ReplaceAll(strings.ReplaceAll(code, "\n", "\n\t"), "\n\t\n", "\n\n")
}

// heading is bold on a terminal, in its pager too.
func heading(text string) string {
	v := newView(nil)
	return v.terminal("").Heading(text)
}
