// Package testkit is for tests: it imports testing.
package testkit

import (
	"os"
	"testing"
)

// File makes a file.
func File(tb testing.TB, text string) (string, error) {
	f, err := os.CreateTemp("", "kit")
	if err != nil {
		panic(err)
	}
	tb.Cleanup(func() { os.Remove(f.Name()) })
	return f.Name(), nil
}
