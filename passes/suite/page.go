package suite

import (
	"cmp"
	"flag"
	"strings"

	"github.com/goconclint/goconclint/passes/internal/doc"
)

// A Page is the documentation of one check, taken apart: help, explain and
// the pages in docs/checks are three ways to show it. Texts are in the
// syntax of Go doc comments. Bundled checks have no sections.
type Page struct {
	Summary   string // one line, without the name
	Prose     string
	Wrong     string // Go declarations that the check reports
	Right     string // the same, repaired
	SilentOn  string // what looks alike and isn't reported
	Relatives string // the nearest checks of other tools, and the difference
	Since     string // the version that first had the check
	Flags     []Flag // the check's own, sorted by name
}

// A Flag is an option of one check, set by -CHECK.NAME=VALUE.
type Flag struct {
	Name, Usage, Default string
	Since                string // the version that first had it
}

// Page returns the check's documentation.
func (c Check) Page() Page {
	summary, body, _ := strings.Cut(c.Analyzer.Doc, "\n")
	prose, sections := split(body)
	page := Page{
		Summary:   strings.TrimPrefix(summary, c.Name()+": "),
		Prose:     prose,
		Wrong:     dedent(sections["Wrong"]),
		Right:     dedent(sections["Right"]),
		SilentOn:  sections["Silent on"],
		Relatives: sections["Relatives"],
		Since:     c.Since,
	}
	c.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		page.Flags = append(page.Flags, Flag{f.Name, f.Usage, f.DefValue, cmp.Or(c.Later[f.Name], c.Since)})
	})
	return page
}

// split cuts the text at the section titles that [doc.Sections] lists.
func split(text string) (prose string, sections map[string]string) {
	title, lines := "", map[string][]string{}
	for line := range strings.SplitSeq(text, "\n") {
		if next, rest, ok := sectionTitle(line); ok {
			title, line = next, rest
		}
		lines[title] = append(lines[title], line)
	}
	sections = make(map[string]string)
	for title, body := range lines {
		sections[title] = strings.Trim(strings.Join(body, "\n"), "\n")
	}
	return sections[""], sections
}

// sectionTitle reports whether the line opens a section: "Title:" alone, or
// with a short content behind it as in "Since: v0.1.0".
func sectionTitle(line string) (title, rest string, ok bool) {
	for _, title := range doc.Sections {
		if rest, ok := strings.CutPrefix(line, title+":"); ok {
			return title, strings.TrimSpace(rest), true
		}
	}
	return "", "", false
}

// dedent removes the tab that marks code in a doc comment.
func dedent(code string) string {
	code = strings.ReplaceAll(code, "\n\t", "\n")
	return strings.TrimPrefix(code, "\t")
}
