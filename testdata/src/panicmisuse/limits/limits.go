// Package limits holds what the check gets wrong, or doesn't see.
package limits

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

// FN_Argument panics on an argument that a user may well have chosen:
// panics on conditions other than an error count as programmer errors.
func FN_Argument(positions ...int) (int, error) {
	if len(positions) > 2 {
		panic("too many positions")
	}
	return len(positions), nil
}

// FN_Exported has no error result, and to add one would change the API: the
// report is below the confidence that is shown.
func FN_Exported(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

type number struct{ n int }

// FN_Deep panics two calls below the function that returns an error.
func FN_Deep(s string) (number, error) { return outer(s), nil }

func outer(s string) number { return number{inner(s)} }

func inner(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// FN_Comment speaks of something else that never happens.
func FN_Comment(path string) error {
	// An empty path is never given.
	if err := os.Remove(path); err != nil {
		panic(err)
	}
	return nil
}

// FP_Checked: nobody says that the error was ruled out before.
func FP_Checked(digits string) (int, error) {
	for _, r := range digits {
		if r < '0' || r > '9' || len(digits) > 9 {
			return 0, errors.New("no number")
		}
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		panic(fmt.Sprintf("%q: %v", digits, err)) // want `panic in FP_Checked, which returns error`
	}
	return n, nil
}

type entries interface {
	From(first int) ([]string, error)
}

// FN_OtherCallee can fail for any reason, but nothing says so: neither text
// nor a stream is handed to it.
func FN_OtherCallee(e entries, first int) ([]string, error) {
	list, err := e.From(first)
	if err != nil {
		panic(err)
	}
	return list, nil
}
