// Package changed knows which lines of a git work tree are new since a
// revision: what is committed since, what isn't yet, and files that git
// doesn't know.
package changed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Lines are the lines that changed.
type Lines struct {
	files map[string][]span // by path without symbolic links
	real  map[string]string // paths without symbolic links, by path
}

// A span is a range of lines, the last one included.
type span struct{ from, to int }

// Since returns the lines of the work tree around dir that have changed
// since it went apart from the revision.
func Since(ctx context.Context, dir, revision string) (*Lines, error) {
	g := git{ctx, dir}
	top, err := g.output("rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	g.dir = strings.TrimSpace(top)
	if _, err := g.output("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		return nil, fmt.Errorf("git knows no revision %s", revision)
	}
	base, err := g.output("merge-base", revision, "HEAD")
	if err != nil {
		return nil, fmt.Errorf("git finds no common ancestor of %s and HEAD: a shallow clone needs more history (git fetch --unshallow)", revision)
	}
	patch, err := g.output("-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--unified=0",
		"--find-renames", "--src-prefix=a/", "--dst-prefix=b/", strings.TrimSpace(base), "--")
	if err != nil {
		return nil, err
	}
	untracked, err := g.output("ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	l := &Lines{files: make(map[string][]span), real: make(map[string]string)}
	l.addPatch(g.dir, patch)
	for name := range strings.SplitSeq(untracked, "\x00") {
		if name != "" {
			l.add(filepath.Join(g.dir, filepath.FromSlash(name)), span{1, endOfFile})
		}
	}
	return l, nil
}

// endOfFile is a line behind all others.
const endOfFile = 1 << 30

type git struct {
	ctx context.Context
	dir string
}

func (g git) output(args ...string) (string, error) {
	cmd := exec.CommandContext(g.ctx, "git", args...)
	cmd.Dir = g.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("git was not found")
	case err != nil:
		message, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return "", fmt.Errorf("git %s: %s", args[0], strings.TrimPrefix(message, "fatal: "))
	}
	return string(out), nil
}

// hunk matches the head of a hunk: "@@ -12,2 +14,3 @@".
var hunk = regexp.MustCompile(`^@@ -\S+ \+(\d+)(?:,(\d+))? @@`)

// addPatch reads a unified diff without context.
func (l *Lines) addPatch(top, patch string) {
	file, header := "", false
	for line := range strings.Lines(patch) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.HasPrefix(line, "diff --git "):
			file, header = "", true
		case header && strings.HasPrefix(line, "+++ b/"), header && strings.HasPrefix(line, `+++ "b/`):
			file = filepath.Join(top, filepath.FromSlash(strings.TrimPrefix(unquoted(line[len("+++ "):]), "b/")))
		case strings.HasPrefix(line, "@@ "):
			header = false
			if m := hunk.FindStringSubmatch(line); m != nil && file != "" {
				l.add(file, hunkSpan(m[1], m[2]))
			}
		}
	}
}

// unquoted reads a name as git writes it: quoted where it has to be, with a
// TAB behind it where it has spaces.
func unquoted(name string) string {
	name = strings.TrimSuffix(name, "\t")
	if plain, err := strconv.Unquote(name); err == nil {
		return plain
	}
	return name
}

// hunkSpan returns the lines of a hunk. One that only deletes stands for the
// lines around it: what is wrong there may be so because of what is missing.
func hunkSpan(start, count string) span {
	from, _ := strconv.Atoi(start)
	n := 1
	if count != "" {
		n, _ = strconv.Atoi(count)
	}
	if n == 0 {
		return span{from, from + 1}
	}
	return span{from, from + n - 1}
}

func (l *Lines) add(file string, s span) {
	file = l.resolve(file)
	l.files[file] = append(l.files[file], s)
}

// resolve follows symbolic links, as git does to name the work tree.
func (l *Lines) resolve(file string) string {
	if known, ok := l.real[file]; ok {
		return known
	}
	resolved, err := filepath.EvalSymlinks(file)
	if err != nil {
		resolved = filepath.Clean(file)
	}
	l.real[file] = resolved
	return resolved
}

// Touch reports whether a finding is new: it, or a place that belongs to it,
// is on a line that changed. A race between an old write and a goroutine that
// the change starts counts as well.
func (l *Lines) Touch(f finding.Finding) bool {
	if l.touches(f.Range) {
		return true
	}
	for _, related := range f.Related {
		if l.touches(related.Range) {
			return true
		}
	}
	return false
}

func (l *Lines) touches(r finding.Range) bool {
	last := max(r.Start.Line, r.End.Line)
	for _, s := range l.files[l.resolve(r.Start.File)] {
		if s.from <= last && r.Start.Line <= s.to {
			return true
		}
	}
	return false
}
