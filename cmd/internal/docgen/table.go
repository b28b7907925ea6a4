package main

import (
	"fmt"
	"path"
	"strings"

	"github.com/goconclint/goconclint/passes/suite"
)

// A file marks the place of a table by two comments that name it: "checks"
// for ours, "bundled" for those of golang.org/x/tools.
const (
	opening = "<!-- %s: made by go generate ./passes/suite -->\n"
	closing = "<!-- end of %s -->\n"
)

// fill puts the tables into the text of the named file.
func fill(name, text string, checks []suite.Check) (string, error) {
	var ours, bundled strings.Builder
	for _, check := range checks {
		if check.Bundled {
			bundled.WriteString(row(check, check.Analyzer.URL))
		} else {
			ours.WriteString(row(check, relative(name, pagePath(check))))
		}
	}
	text, err := replace(text, "checks", ours.String())
	if err != nil || !strings.Contains(text, fmt.Sprintf(opening, "bundled")) {
		return text, err
	}
	return replace(text, "bundled", bundled.String())
}

// replace puts a table of these rows into its place in the text.
func replace(text, table, rows string) (string, error) {
	first, last := fmt.Sprintf(opening, table), fmt.Sprintf(closing, table)
	before, rest, ok1 := strings.Cut(text, first)
	_, after, ok2 := strings.Cut(rest, last)
	if !ok1 || !ok2 {
		return "", fmt.Errorf("no %q with %q behind it", first, last)
	}
	const head = "| check | group | reports | default |\n| --- | --- | --- | --- |\n"
	return before + first + "\n" + head + rows + "\n" + last + after, nil
}

func row(check suite.Check, link string) string {
	state := "on"
	if !check.Default {
		state = "off"
	}
	group := string(check.Group)
	summary := strings.TrimPrefix(check.Page().Summary, "report ")
	return fmt.Sprintf("| [%s](%s) | %s | %s | %s |\n", check.Name(), link, group, summary, state)
}

// relative returns how a page of the repository links to another below it.
func relative(from, to string) string {
	return strings.TrimPrefix(to, path.Dir(from)+"/")
}
