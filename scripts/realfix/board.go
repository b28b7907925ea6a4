package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// A board counts outcomes by kind and tier.
type board struct{ rows map[row]*tally }

type row struct{ kind, tier string }

type tally struct{ records, loaded, hits, complete int }

func (b *board) add(r record, o outcome) {
	if b.rows == nil {
		b.rows = make(map[row]*tally)
	}
	key := row{r.Kind, r.Tier}
	if b.rows[key] == nil {
		b.rows[key] = new(tally)
	}
	t := b.rows[key]
	t.records++
	for _, way := range []struct {
		n  *int
		is bool
	}{{&t.loaded, o.failed == nil}, {&t.hits, o.hit}, {&t.complete, o.complete}} {
		if way.is {
			*way.n++
		}
	}
}

// show prints a line per kind and tier.
func (b *board) show(w io.Writer) error {
	keys := slices.SortedFunc(maps.Keys(b.rows), func(x, y row) int {
		if x.kind != y.kind {
			return strings.Compare(x.kind, y.kind)
		}
		return strings.Compare(x.tier, y.tier)
	})
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "kind\ttier\trecords\tloaded\thits\tcomplete")
	for _, key := range keys {
		t := b.rows[key]
		fmt.Fprintf(out, "%s\t%s\t%d\t%d\t%d\t%d\n", key.kind, key.tier, t.records, t.loaded, t.hits, t.complete)
	}
	return out.Flush()
}
