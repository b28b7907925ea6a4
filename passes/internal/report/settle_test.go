package report

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSettle(t *testing.T) {
	for name, test := range map[string]struct {
		claims []Claim
		want   []int
	}{
		"none":                  {nil, []int{}},
		"one each":              {[]Claim{{Check: "a", Mistake: 1}, {Check: "a", Mistake: 2}}, []int{0, 1}},
		"the first of equals":   {[]Claim{{Check: "a", Mistake: 1}, {Check: "b", Mistake: 1}}, []int{0}},
		"a schedule speaks":     {[]Claim{{Check: "a", Mistake: 1}, {Check: "b", Mistake: 1, Scheduled: true}}, []int{1}},
		"rank before schedule":  {[]Claim{{Check: "datarace", Mistake: 1, Scheduled: true}, {Check: "mapguard", Mistake: 1}}, []int{1}},
		"rank whatever order":   {[]Claim{{Check: "mapguard", Mistake: 1}, {Check: "datarace", Mistake: 1, Scheduled: true}}, []int{0}},
		"mistakes don't mingle": {[]Claim{{Check: "datarace", Mistake: 1}, {Check: "mapguard", Mistake: 2}}, []int{0, 1}},
		"in order of mistakes":  {[]Claim{{Check: "datarace", Mistake: 2}, {Check: "a", Mistake: 1}, {Check: "mapguard", Mistake: 2}}, []int{2, 1}},
	} {
		if got := Settle(test.claims); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v speak, want %v", name, got, test.want)
		}
	}
}

// TestSettleLaws: whatever the claims, each mistake is reported once, by a
// claim that no other one about it beats; and those that speak, asked again,
// all speak.
func TestSettleLaws(t *testing.T) {
	checks := []string{"mapguard", "datarace", "unsafeshare", "lockblocked", "relock", "lockorder", "neverclosed", "chanleak", "other"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		claims := make([]Claim, random.IntN(8))
		for i := range claims {
			claims[i] = Claim{checks[random.IntN(len(checks))], random.IntN(3), random.IntN(2) == 0}
		}
		var speaking []Claim
		seen := make(map[any]bool)
		for _, i := range Settle(claims) {
			speaking = append(speaking, claims[i])
			if seen[claims[i].Mistake] {
				t.Fatalf("%+v: two speak about mistake %v", claims, claims[i].Mistake)
			}
			seen[claims[i].Mistake] = true
			checkUnbeaten(t, claims, claims[i])
		}
		for _, c := range claims {
			if !seen[c.Mistake] {
				t.Fatalf("%+v: nobody speaks about mistake %v", claims, c.Mistake)
			}
		}
		if again := Settle(speaking); len(again) != len(speaking) {
			t.Fatalf("%+v settle to %+v, and those to %v", claims, speaking, again)
		}
	}
}

func checkUnbeaten(t *testing.T, claims []Claim, winner Claim) {
	t.Helper()
	for _, c := range claims {
		if c.Mistake == winner.Mistake && Outranks(c.Check, winner.Check) {
			t.Fatalf("%+v: %+v speaks, which %+v outranks", claims, winner, c)
		}
	}
}

func TestOutranksHasNoCycles(t *testing.T) {
	var below func(name string, above []string)
	below = func(name string, above []string) {
		if slices.Contains(above, name) {
			t.Errorf("%s outranks itself, by %v", name, above)
			return
		}
		for pair := range outranks {
			if pair[0] == name {
				below(pair[1], append(slices.Clip(above), name))
			}
		}
	}
	for pair := range outranks {
		below(pair[0], nil)
	}
}
