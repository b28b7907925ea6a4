package sharing

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// Authors say in words what no code shows: that callers hold the lock, or
// that nothing else runs at the time. A contract is believed, be it in the
// name of a function or in its comment; one in a comment inside the function
// counts if it says that others are away.

// contract finds the words by which the comment of a function says that its
// caller sees to locking:
//
//	Lock should be held. · mu must be locked · The caller must hold s.mu.
//	must be called from the event loop · +checklocks:s.mu
var contract = phrases(
	`(lock|mu|mutex|mtx)s?\b.{0,40}\b(held|hold|locked)\b`,
	`\b(held|hold|holding)\b.{0,40}(lock|mu|mutex|mtx)\b`,
	`\bcallers?\b.{0,40}\b(lock|holds?|synchron)`,
	`\bwithout\b.{0,20}\block`,
	`\block[- ]?free\b`,
	`\b(called|run|be)\b.{0,20}\bunder\b.{0,20}(lock|mu|mutex)\b`,
	`\bmust\b.{0,10}\b(be called|run) (with|from|under|while|in|on|by|before|after|until|once)\b`,
	`\b(un)?locked\b`,
	`\bchecklocks(read)?:`,
	`\b(not|nor|never|isn't|aren't)\b[^.;]{0,30}\b(safe|thread|goroutine)`,
)

// alone finds the words by which a comment says that nobody else is there:
//
//	not safe for concurrent use · must not be called concurrently
//	Called after all workers are done. · No need to lock: nobody knows it yet.
var alone = phrases(
	`\b(not|cannot|can't|nor|never|isn't|aren't|no)\b[^.;]{0,30}\b(safe for|concurren|thread[- ]?safe|goroutine[- ]?safe|parallel)`,
	`\bno (other|more|further) goroutines?\b`,
	`\b(called|runs?|used) (after|once|before) (all|any|every|everything|everybody|both)\b`,
	`\bno (need|reason)\b.{0,20}\b(to lock|to hold|for (a|the|any) lock|locking)\b`,
	`\block(ing|s)?\b.{0,20}\b(not|isn't|aren't) (needed|required|necessary)\b`,
	`\bsingle[- ]threaded\b`,
	`\b(with|while)\b.{0,30}\bunlocked\b`,
)

// early finds the words by which the comment of a function says that it is for
// the time before an object is used:
//
//	This can only be called before the server is started.
//	Should not be changed once you have started calling the pacer.
var early = phrases(
	`\b(must|may|can|should)\b.{0,10}\bonly\b.{0,15}\b(called|used|set|changed)\b.{0,20}\bbefore\b`,
	`\b(must|may|can|should) be (called|set) before\b`,
	`\b(must|may|can|should)( ?not|n't) be (called|set|changed|modified) (after|once|when|while)\b`,
)

// SaysEarly reports whether the comment of a function says so.
func SaysEarly(fn *ssa.Function) bool {
	text := docOf(fn)
	return says(text, []string{"before", "after", "once", "when", "while"}) && early.MatchString(text)
}

// phrases matches any of the patterns, in text of several lines.
func phrases(patterns ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?is)` + strings.Join(patterns, "|"))
}

// WantsLock reports whether the function says, by its name or its comment,
// that its caller holds a lock or keeps others away.
func WantsLock(fn *ssa.Function) bool {
	name := strings.ToLower(fn.Name())
	if strings.HasPrefix(name, "unsafe") {
		return true
	}
	for _, mark := range []string{"locked", "nolock", "unlocked", "unsafe", "lockheld", "withoutlock", "nomutex"} {
		if strings.HasSuffix(name, mark) {
			return true
		}
	}
	text := docOf(fn)
	return says(text, contractWords) && contract.MatchString(text) || says(text, aloneWords) && alone.MatchString(text) || SaysEarly(fn) || match.ForTests(text)
}

// Few comments hold any of the words that all phrases turn on, and to look
// for words costs a hundredth of what the phrases cost.
var (
	contractWords = []string{"lock", "held", "hold", "synchron", "under", "must", "safe", "thread", "goroutine"}
	aloneWords    = []string{
		"safe", "concurren", "thread", "parallel", "goroutine", "lock", "hold",
		"after all", "after any", "after every", "after both", "once all", "once any", "once every", "once both",
		"before all", "before any", "before every", "before both",
	}
)

// says reports whether a text holds one of the words.
func says(text string, words []string) bool {
	if text == "" {
		return false
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

// wantsLock is WantsLock, asked once of each function.
func (g *ground) wantsLock(fn *ssa.Function) bool {
	if known, ok := g.wants.Load(fn); ok {
		return known.(bool)
	}
	wants := WantsLock(fn)
	g.wants.Store(fn, wants)
	return wants
}

func docOf(fn *ssa.Function) string {
	if decl, ok := fn.Syntax().(*ast.FuncDecl); ok {
		return oneLine(decl.Doc.Text())
	}
	return ""
}

// oneLine returns a text without its line breaks, which stand anywhere in a
// phrase.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// SaysAlone reports whether a comment inside the function of the access, or
// inside one on the way to it, says that nobody else is there.
func (e *Evidence) SaysAlone(effect Effect) bool {
	if e.saysAlone(effect.Fn) {
		return true
	}
	for _, call := range effect.Calls {
		if e.saysAlone(call.Parent()) {
			return true
		}
	}
	return false
}

func (e *Evidence) saysAlone(fn *ssa.Function) bool {
	syntax := fn.Syntax()
	if syntax == nil {
		return false
	}
	for _, group := range e.aloneComments() {
		if syntax.Pos() <= group.Pos() && group.Pos() < syntax.End() {
			return true
		}
	}
	return false
}

// aloneComments lists the comments of the package that say so.
func (e *Evidence) aloneComments() []*ast.CommentGroup {
	if e.alone == nil {
		e.alone = make([]*ast.CommentGroup, 0, 1)
		for _, file := range e.pass.Files {
			for _, group := range file.Comments {
				if text := oneLine(group.Text()); says(text, aloneWords) && alone.MatchString(text) {
					e.alone = append(e.alone, group)
				}
			}
		}
	}
	return e.alone
}
