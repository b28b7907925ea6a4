package explore

import (
	"fmt"
	"strings"
)

// applyPatch changes a source by hunks, which empty lines separate. The lines
// of a hunk begin with ' ' (there and kept), '-' (there and taken out), '+'
// (put in) or '#' (prose). Lines are compared without the space around them,
// without comments at their end, and empty and comment lines between them
// don't count: so a hunk can be short and needs no numbers. What it looks for
// must be there once.
func applyPatch(source, patch string) (string, error) {
	lines := strings.Split(source, "\n")
	for hunk := range strings.SplitSeq(strings.TrimSpace(patch), "\n\n") {
		at, err := find(lines, hunk)
		if err != nil {
			return "", err
		}
		var done []string
		next := at
		for change := range strings.SplitSeq(hunk, "\n") {
			switch change[0] {
			case '+':
				done = append(done, change[1:])
			case ' ', '-':
				for ; codeOf(lines[next]) == ""; next++ {
					done = append(done, lines[next])
				}
				if change[0] == ' ' {
					done = append(done, lines[next])
				}
				next++
			}
		}
		lines = append(append(append([]string(nil), lines[:at]...), done...), lines[next:]...)
	}
	return strings.Join(lines, "\n"), nil
}

// find returns the line at which a hunk begins.
func find(lines []string, hunk string) (int, error) {
	var wanted []string
	for change := range strings.SplitSeq(hunk, "\n") {
		if change[0] == ' ' || change[0] == '-' {
			wanted = append(wanted, codeOf(change[1:]))
		}
	}
	places := 0
	at := 0
	for i := range lines {
		if codeOf(lines[i]) == wanted[0] && standsAt(lines[i:], wanted) {
			places++
			at = i
		}
	}
	if places != 1 {
		return 0, fmt.Errorf("found %d times: %q", places, wanted)
	}
	return at, nil
}

func standsAt(lines, wanted []string) bool {
	for _, line := range lines {
		have := codeOf(line)
		if have == wanted[0] {
			if wanted = wanted[1:]; len(wanted) == 0 {
				return true
			}
			continue
		}
		if have != "" {
			return false
		}
	}
	return false
}

// codeOf is a line without what doesn't matter.
func codeOf(line string) string {
	code, _, _ := strings.Cut(line, "//")
	return strings.Join(strings.Fields(code), " ")
}
