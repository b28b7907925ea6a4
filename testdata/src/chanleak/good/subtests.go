package good

import "testing"

// Conform runs the tests that every store has to pass, for the tests of
// other packages.
func Conform(t *testing.T, rounds int, open func() error) {
	for range rounds {
		t.Run("open", func(t *testing.T) {
			t.Parallel()
			if err := open(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
