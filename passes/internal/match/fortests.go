package match

import (
	"regexp"
	"strings"
)

// ForTests reports whether a comment says that what it documents is there
// for tests alone, wherever its file lies:
//
//	For testing purposes only. · an in-memory store for testing
//	It is only used by tests.
func ForTests(comment string) bool {
	return strings.Contains(strings.ToLower(comment), "test") && forTests.MatchString(comment)
}

var forTests = regexp.MustCompile(`(?is)\b(for|in|by|from) (unit[- ]|integration[- ]|the )?test(s|ing)?( (purposes?|use|code))?( only)?(\.|,|;|$)` +
	`|\b(only|just)\b.{0,20}\b(for|in|by|from) (unit[- ]|integration[- ]|the )?test(s|ing)?\b`)
