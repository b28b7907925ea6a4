package tally

import "testing"

func TestTally(t *testing.T) {
	tally := New()
	go tally.Cast("ada")
	if tally.Votes()+tally.Turnout() > 2 || tally.Last() == "eve" {
		t.Error("too many votes")
	}
}
