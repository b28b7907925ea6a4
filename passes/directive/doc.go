// Package directive defines the grammar of the comments that speak to
// goconclint, the index of them that every check consults, and an Analyzer
// that judges the comments themselves.
//
// # Analyzer directive
//
// directive: report comments to goconclint that say no reason or have no effect
//
// A finding is silenced by a comment that names the check and says why, on
// the line of the finding or alone on the line above it. On the first line
// of a declaration, or in the comment above one, it covers the whole of it:
//
//	//goconclint:ignore NAME[,NAME] reason
//	//nolint:NAME[,NAME] // reason
//	//lint:ignore goconclint/NAME reason
//
// With file-ignore in the place of ignore it covers the file. The check
// reports such a comment when it has no reason, when it names no check that
// exists, and when the check it names ran and had nothing to silence.
// Comments that name no check of ours are left alone; of those for go vet,
// //nolint:govet silences here what go vet would report too.
//
// A function is marked as running often, for the checks of hot paths, by a
// line of the comment above it:
//
//	//goconclint:hot
//
// The check reports a mark that stands anywhere else.
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
// Bare //nolint comments, comments that name only checks of other linters,
// and nolint comments without a reason where there is nothing to silence:
// another linter may have a check of that name.
//
// Relatives:
//
// golangci-lint's nolintlint judges nolint comments for all its linters;
// staticcheck judges lint:ignore comments that name its own checks.
//
// Since: v0.1.0
package directive
