package output

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// GitHub writes one workflow command per finding, which GitHub shows as an
// annotation of the line
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
func GitHub(w io.Writer, base Base, r Report) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		text := oneLine(f.Message)
		for i, told := range r.told(f) {
			text += "\n" + base.Position(f.Related[i].Range.Start) + ": " + told
		}
		annotate(out, base, annotationLevel(severity(f)), f.Range, name(f), text)
	}
	for _, p := range r.Problems {
		annotate(out, base, "error", p.Range, nameOfProblem(p), oneLine(p.Message))
	}
	for _, text := range r.shortfall() {
		annotate(out, base, "warning", finding.Range{}, "incomplete", text)
	}
	return out.Flush()
}

func annotationLevel(s finding.Severity) string {
	if s == finding.Info {
		return "notice"
	}
	return string(s)
}

func annotate(w io.Writer, base Base, level string, r finding.Range, title, text string) {
	var properties []string
	add := func(key string, value any) {
		properties = append(properties, fmt.Sprintf("%s=%s", key, escapeProperty(fmt.Sprint(value))))
	}
	if r.Start.File != "" {
		add("file", base.slashed(r.Start.File))
		add("line", r.Start.Line)
	}
	if r.End.Line >= r.Start.Line && r.End.Line > 0 {
		add("endLine", r.End.Line)
	}
	if r.Start.Column > 0 {
		add("col", r.Start.Column)
		if r.End.Line == r.Start.Line && r.End.Column > r.Start.Column {
			add("endColumn", r.End.Column-1) // theirs is the last one of the range
		}
	}
	add("title", "goconclint "+title)
	fmt.Fprintf(w, "::%s %s::%s\n", level, strings.Join(properties, ","), escapeData(text))
}

func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escapeData(s))
}
