// Package doc cuts an analyzer's documentation out of its doc.go, so that
// one text serves help, explain, the README table, docs/checks, SARIF rules
// and editor hovers.
//
// A doc.go holds, in its package comment, the heading
//
//	# Analyzer NAME
//
// then a title paragraph "NAME: summary", then prose, then the sections that
// [Sections] lists, each opened by its title alone in a paragraph:
//
//	Wrong:
//		(indented code, complete declarations)
//	Right:
//		(the same, repaired)
//	Silent on:
//	Relatives:
//	Since:
package doc

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// Repository is the module path, whose host serves the check pages.
const Repository = "github.com/goconclint/goconclint"

// Sections are the section titles that every doc.go holds, in this order.
var Sections = []string{"Wrong", "Right", "Silent on", "Relatives", "Since"}

// URL returns the address of the check's page.
func URL(name string) string {
	return "https://" + Repository + "/blob/main/docs/checks/" + name + ".md"
}

// Must returns the documentation of the named analyzer in the text of a
// doc.go file: the summary line, a blank line, and the body. It panics when
// the text has no such section, as regexp.MustCompile does: the argument is
// a constant of the program.
func Must(source, name string) string {
	text, err := extract(source, name)
	if err != nil {
		panic(err)
	}
	return text
}

func extract(source, name string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name+"/doc.go", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		return "", err
	}
	prose := packageComment(file)
	heading := "# Analyzer " + name + "\n\n"
	_, body, ok := strings.Cut(prose, heading)
	if !ok {
		return "", fmt.Errorf("%s/doc.go has no heading %q", name, strings.TrimSpace(heading))
	}
	if other, _, ok := strings.Cut(body, "\n# "); ok {
		body = other
	}
	body, ok = strings.CutPrefix(body, name+": ")
	if !ok {
		return "", fmt.Errorf("%s/doc.go: the heading is not followed by %q", name, name+": summary")
	}
	return strings.TrimSpace(body), nil
}

func packageComment(file *ast.File) string {
	if file.Doc == nil {
		return ""
	}
	return file.Doc.Text()
}
