package hot

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/goconclint/goconclint/passes/hotprofile"
)

// Text writes the report for people. Paths are written by the given function.
func (r *Report) Text(w io.Writer, path func(string) string) {
	fmt.Fprintln(w, r.heading())
	for i, row := range r.Rows {
		fmt.Fprintf(w, "\n%2d. %6s  %s:%d  %s%s\n", i+1, percent(r.Share(row)), path(row.File), row.Line, row.Function, r.details(row))
		for _, m := range row.Mistakes {
			fmt.Fprintf(w, "      mistake:  %s (%s)%s\n", m.Message, m.Check, m.where(path))
			if m.Fix != "" {
				fmt.Fprintf(w, "      fix:      %s\n", m.Fix)
			}
		}
		for _, words := range row.Compiler {
			fmt.Fprintf(w, "      compiler: %s\n", words)
		}
	}
	if r.Left > 0 {
		fmt.Fprintf(w, "\n%d more lines; -top %d shows all\n", r.Left, r.Left+len(r.Rows))
	}
}

// where says where the mistake stands, if that is elsewhere.
func (m Mistake) where(path func(string) string) string {
	if m.At == nil {
		return ""
	}
	return fmt.Sprintf(", at %s:%d", path(m.At.File), m.At.Line)
}

// heading says what the profile holds.
func (r *Report) heading() string {
	p := r.Profile
	if p.Kind == hotprofile.CPU {
		return fmt.Sprintf("%s of CPU time, %s of it on memory: %s taking it, %s collecting it",
			time.Duration(p.Total.CPU).Round(10*time.Millisecond), percent(p.MemoryShare(p.Total)),
			percent(p.Share(hotprofile.Cost{CPU: p.Total.Alloc})), percent(p.Share(hotprofile.Cost{CPU: p.Total.GC})))
	}
	return fmt.Sprintf("%s allocated in %s objects", sizeOf(p.Total.Bytes), count(p.Total.Objects))
}

// details says what the share is made of.
func (r *Report) details(row Row) string {
	p := r.Profile
	if p.Kind == hotprofile.CPU {
		return fmt.Sprintf("  (allocation %s, collection %s, line %s)", percent(p.Share(hotprofile.Cost{CPU: row.Cost.Alloc})),
			percent(p.Share(hotprofile.Cost{CPU: row.Cost.GC})), percent(p.Share(row.Cost)))
	}
	return fmt.Sprintf("  (%s in %s objects)", sizeOf(row.Cost.Bytes), count(row.Cost.Objects))
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// sizeOf writes a number of bytes with three digits.
func sizeOf(n int64) string { return scaled(n, []string{"B", "kB", "MB", "GB", "TB", "PB", "EB"}) }

func count(n int64) string {
	return strings.TrimSpace(scaled(n, []string{"", "k", "M", "G", "T", "P", "E"}))
}

func scaled(n int64, units []string) string {
	value, unit := float64(n), 0
	for value >= 1000 && unit < len(units)-1 {
		value, unit = value/1000, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d %s", n, units[0])
	}
	return fmt.Sprintf("%.3g %s", value, units[unit])
}
