package drive

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// A failure is why packages can't be had: the go command doesn't find or
// doesn't like them, they don't compile, or their export data can't be read.
// It is one Problem however many packages suffer from it.
type failure struct {
	ids     []string // ImportPaths
	around  []string // of an import cycle: the packages on it
	problem finding.Problem
}

// failures translates what go list says of packages; dir is where it ran.
// What it says in the same words of several is one failure.
func failures(dir string, packages []*listed) []failure {
	var list []failure
	known := make(map[finding.Problem]int)
	for _, p := range packages {
		if isOnlyTests(p) {
			continue
		}
		f := newFailure(dir, p)
		key := f.problem
		key.Package = ""
		if i, ok := known[key]; ok {
			list[i].ids = append(list[i].ids, f.ids...)
			continue
		}
		known[key] = len(list)
		list = append(list, f)
	}
	return list
}

func newFailure(dir string, p *listed) failure {
	message, position := locate(p.Error.Pos, p.Error.Err)
	f := failure{ids: []string{p.ImportPath}}
	if p.Dir == "" && !strings.Contains(message, p.path()) { // "module lookup disabled": of which?
		message = p.path() + ": " + message
	}
	if strings.HasPrefix(message, "import cycle") && len(p.Error.ImportStack) > 0 {
		message += ": " + strings.Join(p.Error.ImportStack, " imports ")
		f.around = p.Error.ImportStack
	}
	f.problem = finding.Problem{Package: strings.TrimSuffix(p.path(), ".test"), Message: message}
	f.problem.Range.Start = parsePosition(dir, position)
	return f
}

// leftOut returns the problem that packages weren't analysed, though none of
// the problems that are known is one of their own.
func (r *run) leftOut(known []finding.Problem) []finding.Problem {
	told := make(map[string]bool) // packages and folders
	for _, p := range known {
		told[p.Package] = true
		told[filepath.Dir(p.Range.Start.File)] = true
	}
	var names []string
	for i, out := range r.outcomes {
		if n := r.nodes[i]; n.analyze && out.broken && !told[n.path] && !told[filepath.Clean(n.Dir)] {
			names = append(names, n.path)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return nil
	}
	text := strings.Join(names[:min(len(names), maxNames)], ", ")
	if more := len(names) - maxNames; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return []finding.Problem{{Message: "not analysed, because something that they import doesn't compile: " + text}}
}

// maxNames bounds the packages told by name.
const maxNames = 10

// placed returns the problem with its position: where the go command says,
// else the first place that imports one of the packages, better than none.
func (f *failure) placed(sites map[string]finding.Range) finding.Problem {
	p := f.problem
	if p.Range.Start.File != "" {
		return p
	}
	for _, id := range slices.Concat(f.ids, f.around) {
		if site, ok := sites[id]; ok {
			p.Range = site
			return p
		}
	}
	return p
}

// lineWithPosition matches a line of compiler output.
var lineWithPosition = regexp.MustCompile(`(?m)^(\S[^\n]*?\.go:\d+(?::\d+)?): (.*)$`)

// locate splits what the go command says of a package into message and
// position. Of the output of a compiler the first error counts.
func locate(pos, text string) (message, position string) {
	if pos == "" {
		if m := lineWithPosition.FindStringSubmatch(text); m != nil {
			return m[2], m[1]
		}
	}
	return OneLine(text), pos
}

// parsePosition reads "file:line:column" or "file:line", relative to dir. It
// returns the zero Position if the text is neither.
func parsePosition(dir, text string) finding.Position {
	file, column := cutNumber(text)
	file, line := cutNumber(file)
	if line == 0 {
		line, column = column, 0
	}
	if file == "" || line == 0 {
		return finding.Position{}
	}
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	return finding.Position{File: file, Offset: -1, Line: line, Column: column}
}

// cutNumber cuts ":number" off the end; the number is 0 if there is none.
func cutNumber(text string) (rest string, number int) {
	i := strings.LastIndexByte(text, ':')
	if i < 0 {
		return text, 0
	}
	number, err := strconv.Atoi(text[i+1:])
	if err != nil {
		return text, 0
	}
	return text[:i], number
}

// OneLine puts what the go command or the type checker says on several lines
// on one. Headings such as "# package" are left out.
func OneLine(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		switch {
		case b.Len() == 0:
		case strings.HasSuffix(b.String(), ":"):
			b.WriteByte(' ')
		default:
			b.WriteString("; ")
		}
		b.WriteString(line)
	}
	return b.String()
}
