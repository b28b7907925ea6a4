package vettool

import (
	"slices"

	"github.com/goconclint/goconclint/passes/suite"
)

// Understands reports whether rewriting parses the arguments rather than
// leaving them as they are.
func Understands(args []string, checks []suite.Check) bool {
	rewritten, err := rewrite(args, checks)
	return err == nil && !slices.Equal(args, rewritten)
}
