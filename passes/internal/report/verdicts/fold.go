package verdicts

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"github.com/goconclint/goconclint/passes/internal/explore"
)

// A cause is what verdicts with one root cause have in common.
type cause struct {
	check  string
	object types.Object
	a, b   token.Pos
}

// subjectOf returns the root cause of a verdict. Races on one variable are
// one mistake for each place that starts a goroutine, and so are all blocked sends
// on one channel.
func subjectOf(v *Verdict) any {
	first := v.Ops[0]
	c := cause{check: v.Check, object: first.Object}
	switch {
	case v.Kind == explore.KindRace || v.Kind == explore.KindMapRace:
		for _, op := range v.Ops {
			if c.object == nil {
				c.object = op.Object
			}
		}
		c.a = max(first.Spawn, v.Ops[1].Spawn)
	case v.Check == "closemisuse" && v.Kind != explore.KindCloseNil:
		c.object, c.a = nil, v.closed()
		return c
	case v.Kind == explore.KindSyncRace:
		c.a = first.Spawn
	case v.Kind == explore.KindSend:
		c.a = v.made
	default:
		c.a = first.Pos
	}
	if c.object == nil {
		c.a, c.b = first.Pos, v.Ops[len(v.Ops)-1].Pos
	}
	return c
}

// closed returns the position of the first close.
func (v *Verdict) closed() token.Pos {
	if v.Kind == explore.KindSyncRace && v.Ops[0].What == "write" {
		return v.Ops[0].Pos
	}
	return v.Ops[len(v.Ops)-1].Pos
}

// fold keeps one verdict for each root cause, the surest, by position: of races
// one for each place to mend, whoever else meets it there.
func fold(verdicts []*Verdict) []*Verdict {
	kept := surest(verdicts, func(v *Verdict) any { return v.subject })
	kept = surest(kept, (*Verdict).mended)
	slices.SortStableFunc(kept, func(v, w *Verdict) int { return cmp.Compare(v.Ops[0].Pos, w.Ops[0].Pos) })
	return kept
}

// surest keeps one verdict of those that have a key in common.
func surest(verdicts []*Verdict, key func(*Verdict) any) []*Verdict {
	best := make(map[any]int)
	var kept []*Verdict
	for _, v := range verdicts {
		i, known := best[key(v)]
		switch {
		case !known:
			best[key(v)] = len(kept)
			kept = append(kept, v)
		case v.surer(kept[i]):
			kept[i] = v
		}
	}
	return kept
}

// mended identifies the access of a race that is to be mended; of other
// verdicts, the verdict.
func (v *Verdict) mended() any {
	if !v.isRace() {
		return v
	}
	blamed, _ := v.orient()
	return cause{check: v.Check, object: blamed.Object, a: blamed.Pos}
}

func (v *Verdict) surer(w *Verdict) bool {
	if v.Low != w.Low {
		return w.Low
	}
	if v.weight != w.weight {
		return v.weight < w.weight
	}
	return v.Kind == explore.KindSyncRace && w.Kind != explore.KindSyncRace // says more
}
