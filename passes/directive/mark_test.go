package directive

import (
	"strings"
	"testing"
)

func TestParseMark(t *testing.T) {
	for category, want := range map[string]Mark{
		"mapguard":                           {Check: "mapguard"},
		"guardedby/escape":                   {Check: "guardedby", Kind: "escape"},
		"mapguard#low":                       {Check: "mapguard", Low: true},
		"guardedby/escape#low":               {Check: "guardedby", Kind: "escape", Low: true},
		"mapguard#suppressed=one goroutine":  {Check: "mapguard", Suppressed: "one goroutine"},
		"mapguard#low#suppressed=a/b #low c": {Check: "mapguard", Low: true, Suppressed: "a/b #low c"},
		"":                                   {},
	} {
		if got := ParseMark(category); got != want {
			t.Errorf("ParseMark(%q) = %+v, want %+v", category, got, want)
		}
		if got := want.Category(); got != category {
			t.Errorf("%+v is encoded as %q, want %q", want, got, category)
		}
	}
}

// FuzzMark: what a check says is what the driver reads, whatever the reason.
func FuzzMark(f *testing.F) {
	f.Add("guardedby", "escape", true, "why")
	f.Add("mapguard", "", false, "#suppressed=#low/x")
	f.Fuzz(func(t *testing.T, check, kind string, low bool, reason string) {
		if strings.ContainsAny(check+kind, "/#") {
			return // names are letters
		}
		mark := Mark{Check: check, Kind: kind, Low: low, Suppressed: reason}
		if got := ParseMark(mark.Category()); got != mark {
			t.Errorf("%+v is read as %+v", mark, got)
		}
	})
}
