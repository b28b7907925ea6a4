package differential

import (
	"os"
	"testing"
)

func TestShow(t *testing.T) {
	_, a, b := Generate(1, 100)
	os.WriteFile("/tmp/team/proofs/a.go", []byte(a), 0o644)
	os.WriteFile("/tmp/team/proofs/b.go", []byte(b), 0o644)
}
