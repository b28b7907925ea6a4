// Package cli ends commands.
package cli

import (
	"fmt"
	"os"
)

// Check ends the process when there is an error.
func Check(err error) {
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Print ends nothing.
func Print(err error) { fmt.Fprintln(os.Stderr, err) }

// Quit always ends the process.
func Quit(code int) {
	fmt.Fprintln(os.Stderr, "quit")
	os.Exit(code)
}
