// Package limits holds what the check doesn't see, and where it is wrong.
package limits

var shared = map[string]int{}

// A comment that silences every check is never called unused, since no
// single check can say so.
func FN_everyone() int {
	return 1 //nolint:goconclint // nothing is reported here
}

// A name that no longer exists in a nolint comment can't be told from
// another linter's.
func FN_misspelt() {
	shared["a"]++ //nolint:mapgaurd // one goroutine
}

// The comment stands on the last line of the statement, so it covers that
// line and not the one where the finding would be.
func FN_lastLine(key string) int {
	return shared[key] +
		1 //goconclint:ignore mapguard one goroutine
}

// The blank line between the comment and the code is taken as meant.
func FN_blankLine(key string) {
	//goconclint:ignore mapguard one goroutine

	shared[key]++
}

// A sentence that happens to begin with the directive is taken for one.
func FP_prose() { // want +1 `comment has a space before goconclint:ignore`
	// goconclint:ignore comments are explained in the manual
	shared["b"]++
}
