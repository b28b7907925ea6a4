package compiler

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// spoken matches a line of the compiler's output.
var spoken = regexp.MustCompile(`^(.+?\.go):(\d+):(\d+): (.*)$`)

// A reader follows the output, in which the explanation of an escape comes
// as a block of indented lines at the same position:
//
//	a.go:4:36: t escapes to heap in F:
//	a.go:4:36:   flow: {heap} ← &t:
//	a.go:4:36:     from &t (address-of) at a.go:4:69
//	a.go:4:36:     from append(sink, &t) (call parameter) at a.go:4:62
//
// The reason is the last step of the flow that ends in the heap.
type reader struct {
	words  *Words
	file   string
	open   *Decision // the escape that is being explained
	toHeap bool      // its current flow ends in the heap
}

func parse(output, dir string) *Words {
	r := &reader{words: &Words{files: make(map[string][]Decision)}}
	for line := range strings.Lines(output) {
		m := spoken.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		file := filepath.FromSlash(m[1])
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		number, _ := strconv.Atoi(m[2])
		column, _ := strconv.Atoi(m[3])
		r.line(file, Decision{Line: number, Column: column}, m[4])
	}
	r.close()
	r.words.sort()
	return r.words
}

func (r *reader) line(file string, d Decision, text string) {
	if strings.HasPrefix(text, "  ") {
		r.explain(strings.TrimSpace(text))
		return
	}
	r.close()
	r.file = file
	subject, _, explained := strings.Cut(text, " escapes to heap in ")
	switch {
	case explained && strings.HasSuffix(text, ":"):
		d.Kind, d.Subject = Escapes, subject
		r.open = &d
	case strings.HasSuffix(text, " escapes to heap"):
		d.Kind, d.Subject = Escapes, strings.TrimSuffix(text, " escapes to heap")
		r.words.add(file, d)
	case strings.HasPrefix(text, "moved to heap: "):
		d.Kind, d.Subject = Escapes, strings.TrimPrefix(text, "moved to heap: ")
		r.words.add(file, d)
	case strings.HasSuffix(text, " does not escape"):
		d.Kind, d.Subject = Stays, strings.TrimSuffix(text, " does not escape")
		r.words.add(file, d)
	case strings.HasPrefix(text, "cannot inline "):
		d.Kind = NotInlined
		d.Subject, d.Reason, _ = strings.Cut(strings.TrimPrefix(text, "cannot inline "), ": ")
		r.words.add(file, d)
	}
}

func (r *reader) explain(text string) {
	if r.open == nil {
		return
	}
	if flow, ok := strings.CutPrefix(text, "flow: "); ok {
		r.toHeap = strings.HasPrefix(flow, "{heap}")
		return
	}
	if step, ok := strings.CutPrefix(text, "from "); ok && r.toHeap {
		if at := strings.LastIndex(step, " at "); at >= 0 {
			step = step[:at]
		}
		r.open.Reason = step
	}
}

func (r *reader) close() {
	if r.open != nil {
		r.words.add(r.file, *r.open)
		r.open, r.toHeap = nil, false
	}
}
