//go:build unix

package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// show prints the medians of each tool, and how the first tool's CPU time
// compares with the other's.
func show(module string, tools []tool, measured []series) {
	fmt.Printf("\n%s, medians of %d rounds (lowest to highest)\n", module, len(measured[0].cold))
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tCPU s\t\tours is\tpeak MB\twall s\tstatus\t")
	for _, part := range parts {
		reference := median(part.of(measured[0]), cpu)
		for i, t := range tools {
			samples := part.of(measured[i])
			fmt.Fprintf(table, "%s %s\t%.1f\t(%.1f to %.1f)\t%.2f\t%d\t%.1f\t%d\t\n",
				part.name, t.name,
				median(samples, cpu).Seconds(), lowest(samples).Seconds(), highest(samples).Seconds(),
				reference.Seconds()/median(samples, cpu).Seconds(),
				median(samples, memory)/1e6,
				median(samples, wall).Seconds(),
				samples[0].status)
		}
	}
	table.Flush()
}

// parts are the two halves of the table.
var parts = []struct {
	name string
	of   func(series) []sample
}{
	{"cold", func(s series) []sample { return s.cold }},
	{"warm", func(s series) []sample { return s.warm }},
}

func cpu(s sample) time.Duration  { return s.cpu }
func wall(s sample) time.Duration { return s.wall }
func memory(s sample) int64       { return s.peak }

func median[T cmp.Ordered](samples []sample, value func(sample) T) T {
	var values []T
	for _, s := range samples {
		values = append(values, value(s))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func lowest(samples []sample) time.Duration {
	return slices.MinFunc(samples, byCPU).cpu
}

func highest(samples []sample) time.Duration {
	return slices.MaxFunc(samples, byCPU).cpu
}

func byCPU(a, b sample) int { return cmp.Compare(a.cpu, b.cpu) }
