//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

// The goals for the largest process of a cold run: below a gigabyte on 200,000
// lines, below two and a half on a million.
const (
	goalBelow   = 1_000_000_000
	goalMillion = 2_500_000_000
)

// A load is a module, or what a pattern matches in one, to run on cold.
type load struct {
	dir   string
	flags []string // the last one is the pattern
}

// large runs goconclint cold over golang.org/x/tools, with its 200,000 lines,
// and over the standard library and the go command's own module, which have
// a million each, tests included, and shows the memory that it takes. Those two
// lie in GOROOT, and "std" and "cmd" are patterns as others are.
func large(ours, work string) error {
	list, err := loads(work)
	if err != nil {
		return err
	}
	// GOCACHE is the user's: what the packages import is compiled once.
	gocache, err := output("", "go", "env", "GOCACHE")
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tlines\tCPU s\twall s\tpeak MB\tgoal MB\tstatus\t")
	for _, l := range list {
		lines, err := countLines(l.dir, l.flags[len(l.flags)-1])
		if err != nil {
			return err
		}
		c := &corpus{module: l.dir, caches: filepath.Join(work, "large")}
		if err := os.RemoveAll(c.caches); err != nil {
			return err
		}
		t := tool{name: strings.Join(append([]string{filepath.Base(l.dir)}, l.flags...), " "), args: append([]string{ours, "-q"}, l.flags...)}
		s, err := c.once(t, "GOCACHE="+gocache)
		if err != nil {
			return err
		}
		goal := goalBelow
		if lines > 500_000 {
			goal = goalMillion
		}
		fmt.Fprintf(table, "%s\t%d\t%.1f\t%.1f\t%d\t%d\t%d\t\n",
			t.name, lines, cpu(s).Seconds(), wall(s).Seconds(), s.peak/1e6, goal/1e6, s.status)
	}
	return table.Flush()
}

func loads(work string) ([]load, error) {
	goroot, err := output("", "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	required, err := output("", "go", "list", "-m", "-f={{.Dir}}", xtools)
	if err != nil {
		return nil, err
	}
	tools := &corpus{module: filepath.Join(work, "tools")}
	if err := tools.copyModule(required); err != nil {
		return nil, err
	}
	src := filepath.Join(goroot, "src")
	return []load{
		{tools.module, []string{"./..."}},
		{src, []string{"std"}},
		{src, []string{"cmd"}},
		{src, []string{"-mem=1G", "cmd"}},
	}, nil
}

// countLines counts those of the Go files that belong to a pattern on this
// system, tests included.
func countLines(dir, pattern string) (int, error) {
	const files = `{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}` +
		`{{range .TestGoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{range .XTestGoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}`
	names, err := output(dir, "go", "list", "-e", "-f", files, pattern)
	if err != nil {
		return 0, err
	}
	lines := 0
	for name := range strings.Lines(names) {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		lines += bytes.Count(content, []byte("\n"))
	}
	return lines, nil
}
