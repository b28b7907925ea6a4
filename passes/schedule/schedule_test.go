package schedule

import (
	"reflect"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	for _, s := range []Step{
		{Goroutine: 0, Action: "go", Other: 1},
		{Goroutine: 1, Action: "send", Object: "results", Other: -1, Locks: []string{"s.mu"}},
		{Goroutine: 12, Action: "blocked: read-lock", Object: "c.mu", Other: -1, Locks: []string{"c.mu", "d.mu"}},
		{Goroutine: 2, Action: "receive", Other: 0},
	} {
		got, ok := Decode(s.Encode())
		if !ok || !reflect.DeepEqual(got, s) {
			t.Errorf("%q: got %+v, %v, want %+v", s.Encode(), got, ok, s)
		}
	}
}

func TestDecodeOther(t *testing.T) {
	for _, message := range []string{"", "locked here", "g: go", "gx: go", "g01: go", "x1: go", "g1:"} {
		if s, ok := Decode(message); ok {
			t.Errorf("%q is no step, got %+v", message, s)
		}
	}
}

// FuzzDecode: what is decoded is encoded to a message that decodes the same.
func FuzzDecode(f *testing.F) {
	f.Add("g1: send `results` (holds s.mu)")
	f.Add("g0: go -> g1")
	f.Fuzz(func(t *testing.T, message string) {
		s, ok := Decode(message)
		if !ok {
			return
		}
		again, ok := Decode(s.Encode())
		if !ok || !reflect.DeepEqual(again, s) {
			t.Errorf("%q: %+v became %+v", message, s, again)
		}
	})
}
