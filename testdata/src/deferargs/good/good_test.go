package good

import (
	"os"
	"testing"
)

// A test's resources go with it.
func TestReopen(t *testing.T) {
	f, err := os.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f, err = os.Open("b"); err != nil {
		t.Fatal(err)
	}
	if _, err = f.Stat(); err != nil {
		t.Error(err)
	}
}
