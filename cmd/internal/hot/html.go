package hot

import (
	_ "embed"
	"html/template"
	"io"
	"os"
	"strings"
)

//go:embed page.html
var page string

// contextLines are shown in front of a line and behind it.
const contextLines = 6

type (
	htmlPage struct {
		Heading string
		Path    string
		Rows    []htmlRow
		Left    int
		Notes   []string
	}
	htmlRow struct {
		Row
		Number  int
		Place   string
		Share   string
		Details string
		Width   float64  // of the bar, in percent of the longest
		Said    []string // by checks
		Source  []htmlLine
	}
	htmlLine struct {
		Number int
		Text   string
		Share  string
		Width  float64
		Here   bool
	}
)

// HTML writes the report as one page that needs nothing else.
func (r *Report) HTML(w io.Writer, path func(string) string) error {
	t, err := template.New("page").Parse(page)
	if err != nil {
		return err
	}
	longest := 0.0
	costs := make(map[spot]float64)
	for _, row := range r.Rows {
		longest = max(longest, r.Share(row))
		costs[spot{row.File, row.Line}] = r.Share(row)
	}
	out := htmlPage{Heading: r.heading(), Path: r.Profile.Path, Left: r.Left, Notes: r.Notes}
	for i, row := range r.Rows {
		one := htmlRow{Row: row, Number: i + 1, Place: path(row.File), Share: percent(r.Share(row)), Details: r.details(row)}
		for _, m := range row.Mistakes {
			one.Said = append(one.Said, m.Message+" ("+m.Check+")"+m.where(path))
		}
		if longest > 0 {
			one.Width = 100 * r.Share(row) / longest
		}
		one.Source = source(row, costs, longest)
		out.Rows = append(out.Rows, one)
	}
	return t.Execute(w, out)
}

// source returns the lines around a row with what each costs, or nothing when
// the file can't be read.
func source(row Row, costs map[spot]float64, longest float64) []htmlLine {
	content, err := os.ReadFile(row.File)
	if err != nil {
		return nil
	}
	var list []htmlLine
	lines := strings.Split(string(content), "\n")
	for number := max(1, row.Line-contextLines); number <= min(len(lines), row.Line+contextLines); number++ {
		line := htmlLine{Number: number, Text: strings.TrimRight(lines[number-1], "\r"), Here: number == row.Line}
		if share := costs[spot{row.File, number}]; share > 0 && longest > 0 {
			line.Share, line.Width = percent(share), 100*share/longest
		}
		list = append(list, line)
	}
	return list
}
