package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"runtime/trace"
	"slices"
	"text/tabwriter"

	"github.com/goconclint/goconclint/cmd/internal/drive"
)

// profiling holds the flags about what a run costs.
type profiling struct {
	stats bool
	cpu   string // file of the CPU profile
	trace string // file of the execution trace
}

// start begins what is asked for. The function that it returns ends it.
func (p *profiling) start() (stop func() error, err error) {
	var ends []func() error
	stop = func() error {
		var errs []error
		for _, end := range ends {
			errs = append(errs, end())
		}
		return errors.Join(errs...)
	}
	begin := func(name string, begin func(io.Writer) error, end func()) error {
		if name == "" {
			return nil
		}
		file, err := os.Create(name)
		if err != nil {
			return err
		}
		if err := begin(file); err != nil {
			return errors.Join(err, file.Close())
		}
		ends = append(ends, func() error { end(); return file.Close() })
		return nil
	}
	if err := begin(p.cpu, pprof.StartCPUProfile, pprof.StopCPUProfile); err != nil {
		return stop, err
	}
	return stop, begin(p.trace, trace.Start, trace.Stop)
}

// showCosts writes what analyzers and packages took, to standard error.
func showCosts(costs []drive.Cost) {
	fmt.Fprintln(os.Stderr, "One analyzer at a time; those that others require are counted by themselves.")
	costTable("ANALYZER", costs, func(c drive.Cost) string { return c.Analyzer })
	costTable("PACKAGE", costs, func(c drive.Cost) string { return c.Package })
}

const costliest = 25 // rows of a table

func costTable(title string, costs []drive.Cost, key func(drive.Cost) string) {
	sums := make(map[string]drive.Cost)
	for _, c := range costs {
		sum := sums[key(c)]
		sum.Time += c.Time
		sum.Allocated += c.Allocated
		sums[key(c)] = sum
	}
	names := make([]string, 0, len(sums))
	for name := range sums {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(sums[b].Time, sums[a].Time), cmp.Compare(a, b))
	})
	t := tabwriter.NewWriter(os.Stderr, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\nTIME\tALLOCATED\t  %s\n", title)
	for _, name := range names[:min(len(names), costliest)] {
		fmt.Fprintf(t, "%.1f ms\t%.1f MB\t  %s\n", float64(sums[name].Time.Microseconds())/1e3, float64(sums[name].Allocated)/1e6, name)
	}
	if err := t.Flush(); err != nil {
		return // nobody reads standard error
	}
}
