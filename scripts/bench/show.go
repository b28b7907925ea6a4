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
func show(c *corpus, tools []tool, measured []series) {
	fmt.Printf("\n%s, medians of %d rounds (lowest to highest)\n", c.name, len(measured[0]))
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tCPU s\t\tours is\tpeak MB\twall s\tstatus\t")
	for state, s := range c.states {
		reference := median(measured[0].in(state), cpu)
		for i, t := range tools {
			samples := measured[i].in(state)
			fmt.Fprintf(table, "%s: %s\t%.1f\t(%.1f to %.1f)\t%.2f\t%d\t%.1f\t%d\t\n",
				s.name, t.name,
				median(samples, cpu).Seconds(), lowest(samples).Seconds(), highest(samples).Seconds(),
				reference.Seconds()/median(samples, cpu).Seconds(),
				median(samples, memory)/1e6,
				median(samples, wall).Seconds(),
				samples[0].status)
		}
	}
	table.Flush()
}

// in returns the samples of one state.
func (s series) in(state int) []sample {
	var list []sample
	for _, round := range s {
		list = append(list, round[state])
	}
	return list
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
