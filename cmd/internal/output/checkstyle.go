package output

import (
	"cmp"
	"encoding/xml"
	"io"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// The document of checkstyle 5.0, which Jenkins and many others read.
type (
	checkstyleDocument struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr,omitempty"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

// Checkstyle writes the findings and compile errors by file.
func Checkstyle(w io.Writer, base Base, r Report) error {
	document := checkstyleDocument{Version: "5.0"}
	index := make(map[string]int)
	add := func(at finding.Position, e checkstyleError) {
		name := cmp.Or(base.slashed(at.File), ".") // of no file: of the whole
		i, ok := index[name]
		if !ok {
			i = len(document.Files)
			index[name] = i
			document.Files = append(document.Files, checkstyleFile{Name: name})
		}
		e.Line, e.Column = at.Line, at.Column
		document.Files[i].Errors = append(document.Files[i].Errors, e)
	}
	for _, f := range r.Findings {
		add(f.Range.Start, checkstyleError{Severity: string(severity(f)), Message: oneLine(f.Message), Source: "goconclint." + name(f)})
	}
	for _, p := range r.Problems {
		add(p.Range.Start, checkstyleError{Severity: "error", Message: oneLine(p.Message), Source: "goconclint." + nameOfProblem(p)})
	}
	return writeXML(w, document)
}

func writeXML(w io.Writer, document any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "\t")
	if err := encoder.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
