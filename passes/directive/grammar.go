package directive

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// A Verb says what a comment asks for.
type Verb int

// The verbs of our comments.
const (
	Ignore     Verb = iota // silence checks on a line or declaration
	IgnoreFile             // silence checks in the whole file
	Hot                    // the function below is on a hot path
	Unknown                // a goconclint: comment with no verb we know
)

// Everyone is the name that stands for every check, as in
// //nolint:goconclint: golangci-lint knows our checks under that one name.
const Everyone = "goconclint"

// vet is the name under which nolint comments know the passes of go vet,
// some of which are in our suite: who silenced them there needs no other
// comment here. It means nothing in comments that only we read.
const vet = "govet"

// A Comment is one parsed comment that speaks to goconclint.
type Comment struct {
	Verb   Verb
	Names  []string // checks named, in order; [Everyone] stands for all
	Reason string   // why, without surrounding space; "" when not said
	Text   string   // the comment as written
	Word   string   // the verb as written, for Unknown
	Shared bool     // a nolint comment, which other linters read, too
}

// prefixes of the three families of comments, without the leading slashes.
const (
	ownPrefix    = "goconclint:"
	nolintPrefix = "nolint:"
	lintPrefix   = "lint:"
	lintTool     = "goconclint/" // in lint:ignore, our names carry the tool's
)

// Parse reads one comment, slashes included. It reports ok = false for
// comments that don't concern goconclint: prose, bare nolint, and comments
// that name only other linters' checks. Names of other linters in a comment
// that also names one of ours are dropped.
func Parse(text string) (c Comment, ok bool) {
	body, ok := strings.CutPrefix(text, "//")
	if !ok {
		return Comment{}, false // directives are line comments, as in Go itself
	}
	body = strings.TrimRight(body, "\r\n\t ")
	c.Text = text
	switch {
	case strings.HasPrefix(body, ownPrefix):
		return parseOwn(c, body[len(ownPrefix):])
	case strings.HasPrefix(body, nolintPrefix):
		return parseNolint(c, body[len(nolintPrefix):])
	case strings.HasPrefix(body, lintPrefix):
		return parseLint(c, body[len(lintPrefix):])
	}
	return Comment{}, false
}

// parseOwn reads the rest of //goconclint:VERB ….
func parseOwn(c Comment, rest string) (Comment, bool) {
	word, args := cutSpace(rest)
	c.Word = word
	switch word {
	case "hot":
		c.Verb, c.Reason = Hot, args
	case "ignore", "file-ignore":
		if word == "file-ignore" {
			c.Verb = IgnoreFile
		}
		names, reason := cutNames(args)
		c.Names, c.Reason = splitNames(names), strings.TrimSpace(strings.TrimPrefix(reason, "//"))
	default:
		c.Verb = Unknown
	}
	return c, true
}

// parseNolint reads the rest of //nolint:a,b // reason.
func parseNolint(c Comment, rest string) (Comment, bool) {
	names, reason, _ := strings.Cut(rest, "//")
	names, _ = cutNames(strings.TrimSpace(names))
	c.Names, c.Reason, c.Shared = ours(splitNames(names)), strings.TrimSpace(reason), true
	return c, len(c.Names) > 0
}

// parseLint reads the rest of //lint:ignore goconclint/a,goconclint/b reason.
func parseLint(c Comment, rest string) (Comment, bool) {
	word, args := cutSpace(rest)
	switch word {
	case "ignore":
	case "file-ignore":
		c.Verb = IgnoreFile
	default:
		return Comment{}, false // a directive of another tool
	}
	names, reason := cutNames(args)
	speaks := false
	for _, name := range splitNames(names) {
		name, ok := strings.CutPrefix(name, lintTool)
		speaks = speaks || ok
		if ok && name != "" {
			c.Names = append(c.Names, name)
		}
	}
	c.Reason = reason
	return c, speaks
}

func cutSpace(s string) (word, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimSpace(s[i:])
}

// cutNames cuts a list of names off the text behind it. The list goes on
// behind a comma, with or without a space.
func cutNames(s string) (list, rest string) {
	list, rest = cutSpace(s)
	for strings.HasSuffix(list, ",") && rest != "" {
		var word string
		word, rest = cutSpace(rest)
		list += word
	}
	return list, rest
}

func splitNames(list string) []string {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func ours(names []string) []string {
	var kept []string
	for _, name := range names {
		if name == Everyone || name == vet || Known(name) {
			kept = append(kept, name)
		}
	}
	return kept
}

// IsOurs reports whether the comment is for goconclint and nobody else: one
// that starts with nolint may be for another linter's check of the same name.
func (c Comment) IsOurs() bool { return !c.Shared || slices.Contains(c.Names, Everyone) }

// silences reports whether the comment silences a check. One for us has to
// say why; those for go vet follow the customs of others.
func (c Comment) silences(name string) bool {
	return c.names(name) && c.Reason != "" || c.Shared && slices.Contains(c.Names, vet) && isVet(name)
}

func (c Comment) names(name string) bool {
	return slices.Contains(c.Names, name) || slices.Contains(c.Names, Everyone)
}

// Why is the reason that the comment gives, or the comment where it needs
// none.
func (c Comment) Why() string { return cmp.Or(c.Reason, c.Text) }

// HotMark returns the comment of the group that marks a function as hot, or
// nil.
func HotMark(group *ast.CommentGroup) *ast.Comment {
	if group == nil {
		return nil
	}
	for _, comment := range group.List {
		if c, ok := Parse(comment.Text); ok && c.Verb == Hot {
			return comment
		}
	}
	return nil
}

// span is a range of lines of one file, both ends included.
type span struct {
	file        *token.File
	first, last int
}

func (s span) contains(file *token.File, line int) bool {
	return s.file == file && s.first <= line && line <= s.last
}
