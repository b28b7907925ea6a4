// Package directive defines the grammar of the comments that speak to
// goconclint, the index of them that every check consults, and an Analyzer
// that judges the comments themselves.
//
// # Analyzer directive
//
// directive: report suppression comments that say no reason or silence nothing
//
// A finding is silenced by a comment that names the check and says why, on
// the line of the finding, alone on the line above it, or in the comment
// above a declaration, where it covers the whole of it:
//
//	//goconclint:ignore NAME[,NAME] reason
//	//nolint:NAME[,NAME] // reason
//	//lint:ignore goconclint/NAME reason
//
// The check reports such a comment when it has no reason, when it names no
// check that exists, and when the check it names ran and had nothing to
// silence. Comments that name no check of ours are left alone.
//
// Wrong:
//
//	func increment(n int) int {
//		return n + 1 //goconclint:ignore mapguard
//	}
//
// Right:
//
//	func increment(n int) int {
//		return n + 1
//	}
//
// Silent on:
//
// Bare //nolint comments, and comments that name only checks of other linters.
//
// Relatives:
//
// golangci-lint's nolintlint judges nolint comments for all its linters;
// staticcheck judges lint:ignore comments that name its own checks.
//
// Since: v0.1.0
package directive
