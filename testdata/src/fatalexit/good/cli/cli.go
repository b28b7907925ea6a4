// Package cli serves tests of commands.
package cli

import (
	"log"
	"testing"
)

func Run(t *testing.T, args []string) error {
	t.Helper()
	if len(args) == 0 {
		log.Fatal("no arguments")
	}
	return nil
}
