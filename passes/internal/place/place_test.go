package place_test

import (
	"testing"
	"testing/quick"

	"github.com/goconclint/goconclint/passes/internal/place"
)

var places = []place.Place{
	place.Of(0), place.Of(1), place.Of(12),
	place.Of(0).Field("mu"), place.Of(0).Field("muted"), place.Of(0).Field("state").Field("mu"), place.Of(2).Field("a").Field("b").Field("c"),
}

func TestStringAndParse(t *testing.T) {
	for _, p := range places {
		if got, ok := place.Parse(p.String()); !ok || got != p {
			t.Errorf("Parse(%q) = %v, %v", p, got, ok)
		}
	}
	for _, bad := range []string{"", ".mu", "x", "-1", "00", "0.", "0..mu", "1a.mu"} {
		if p, ok := place.Parse(bad); ok {
			t.Errorf("Parse(%q) = %v", bad, p)
		}
	}
	if err := quick.Check(func(s string) bool {
		p, ok := place.Parse(s)
		return !ok || p.String() == s
	}, nil); err != nil {
		t.Error(err)
	}
}

// TestLaws: putting an actual for a formal is associative and keeps parts
// parts; order and equality agree.
func TestLaws(t *testing.T) {
	for _, p := range places {
		if p.Under(place.Of(p.Formal)) != p {
			t.Errorf("%v under its own formal is another place", p)
		}
		for _, q := range places {
			if (p.Compare(q) == 0) != (p == q) || (p.Compare(q) < 0) != (q.Compare(p) > 0) {
				t.Errorf("order of %v and %v", p, q)
			}
			if p.Within(q) && q.Within(p) && p != q {
				t.Errorf("%v and %v lie within each other", p, q)
			}
			for _, r := range places {
				if p.Under(q).Under(r) != p.Under(q.Under(r)) {
					t.Errorf("%v under %v under %v isn't associative", p, q, r)
				}
				if p.Within(q) && !p.Under(r).Within(q.Under(r)) {
					t.Errorf("%v leaves %v under %v", p, q, r)
				}
			}
		}
	}
}
