package output

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// The document of JUnit, as CI services read it: a suite per package, a test
// case per finding.
type (
	junitDocument struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr,omitempty"`
		Line    int           `xml:"line,attr,omitempty"`
		Failure *junitFailure `xml:"failure"`
		Error   *junitFailure `xml:"error"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",cdata"`
	}
)

// JUnit writes findings as failed tests and problems as tests that couldn't
// run. Without either it holds one test that passed: some services take an
// empty document for a mistake.
func JUnit(w io.Writer, base Base, r Report) error {
	document := junitDocument{Name: "goconclint"}
	for _, f := range r.Findings {
		document.add(f.Package, base.failedCase(f, r))
	}
	for _, p := range r.Problems {
		document.add(p.Package, base.brokenCase(p))
	}
	for _, text := range r.shortfall() {
		document.add("goconclint", junitCase{
			Name: "incomplete", Class: "goconclint",
			Error: &junitFailure{Message: text, Type: "incomplete", Text: text},
		})
	}
	if len(document.Suites) == 0 {
		document.add("goconclint", junitCase{Name: "no findings in " + plural(r.Packages, "package"), Class: "goconclint"})
	}
	return writeXML(w, document)
}

func (d *junitDocument) add(suite string, c junitCase) {
	last := len(d.Suites) - 1
	for i := range d.Suites {
		if d.Suites[i].Name == suite {
			last = i
			break
		}
	}
	if last < 0 || d.Suites[last].Name != suite {
		d.Suites = append(d.Suites, junitSuite{Name: suite})
		last = len(d.Suites) - 1
	}
	s := &d.Suites[last]
	s.Cases = append(s.Cases, c)
	d.Tests++
	s.Tests++
	if c.Failure != nil {
		d.Failures++
		s.Failures++
	}
	if c.Error != nil {
		d.Errors++
		s.Errors++
	}
}

func (b Base) failedCase(f finding.Finding, r Report) junitCase {
	var text strings.Builder
	fmt.Fprintln(&text, headline(b, f))
	for i, told := range r.told(f) {
		fmt.Fprintf(&text, "\t%s: %s\n", b.Position(f.Related[i].Range.Start), told)
	}
	return junitCase{
		Name:    name(f) + " " + b.Position(f.Range.Start),
		Class:   f.Package,
		File:    b.slashed(f.Range.Start.File),
		Line:    f.Range.Start.Line,
		Failure: &junitFailure{Message: oneLine(f.Message), Type: string(severity(f)), Text: text.String()},
	}
}

func (b Base) brokenCase(p finding.Problem) junitCase {
	return junitCase{
		Name:  strings.TrimSpace(nameOfProblem(p) + " " + b.Position(p.Range.Start)),
		Class: p.Package,
		File:  b.slashed(p.Range.Start.File),
		Line:  p.Range.Start.Line,
		Error: &junitFailure{Message: oneLine(p.Message), Type: nameOfProblem(p), Text: oneLine(p.Message)},
	}
}
