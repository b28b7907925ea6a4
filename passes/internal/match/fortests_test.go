package match

import "testing"

func TestForTests(t *testing.T) {
	for comment, want := range map[string]bool{
		"CloseForTesting closes all.\n\nFor testing purposes only.":                true,
		"TestServer is an in-memory implementation of [ServerOps] for testing.":    true,
		"Reset forgets everything. It is only used by tests.":                      true,
		"Clock is replaced in tests.":                                              true,
		"Match reports whether the name matches, for tests of equality see Equal.": false,
		"Probe sends a packet for testing whether the peer is there.":              false,
		"": false,
	} {
		if got := ForTests(comment); got != want {
			t.Errorf("ForTests(%q) = %t, want %t", comment, got, want)
		}
	}
}
