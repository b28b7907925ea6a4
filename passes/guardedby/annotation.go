package guardedby

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// guardedBy finds the words by which the comment of a variable names its
// lock, guardsList those by which the comment of a lock names variables,
// guardsBelow those by which it means what is declared below it.
var (
	guardedBy   = regexp.MustCompile(`(?i)\b(?:guarded|protected|locked|synchroni[sz]ed) (?:by|with|under) (?:the )?` + "`?" + `(?:\w+\.)*(\w+)|checklocks:(?:\w+\.)*(\w+)|GUARDED_BY\((?:\w+\.)*(\w+)\)`)
	guardsBelow = regexp.MustCompile(`(?i)\b(?:guards|protects)\b:? (?:\w+ ){0,2}(?:following|follows|below)\b`)
	guardsList  = regexp.MustCompile(`(?i)\b(?:guards|protects)\b:? (?:the )?((?:\w+(?:, and |, | and | & )?)+)`)
)

// comments reads what comments say about the fields of a struct, or about
// variables that are declared together.
func (d *declared) comments(lines []line) {
	byName := make(map[string]*types.Var)
	for _, line := range lines {
		for _, v := range line.vars {
			byName[v.Name()] = v
		}
	}
	for _, line := range lines {
		text := strings.TrimSpace(commentText(line.doc) + " " + commentText(line.comment))
		for _, v := range line.vars {
			if isLock(v.Type()) {
				d.guards(v.Name(), text, byName)
				d.following[v] = guardsBelow.MatchString(text)
			} else if lock := byName[firstGroup(guardedBy.FindStringSubmatch(text))]; lock != nil && isLock(lock.Type()) {
				d.annotated[v] = lock.Name()
			}
		}
	}
}

// guards reads the comment of a lock. What it says of variables of the package
// names the lock, but packages have phases in which one goroutine runs.
func (d *declared) guards(lock, text string, vars map[string]*types.Var) {
	found := guardsList.FindStringSubmatch(text)
	if found == nil {
		return
	}
	for _, name := range strings.FieldsFunc(found[1], func(r rune) bool { return r == ',' || r == ' ' || r == '&' }) {
		if v := vars[name]; v != nil && v.IsField() && name != lock {
			d.annotated[v] = lock
		}
	}
}

func firstGroup(found []string) string {
	i := slices.IndexFunc(found, func(s string) bool { return s != "" && s != found[0] })
	if i < 0 {
		return ""
	}
	return found[i]
}

// commentText keeps directives such as +checklocks, which Text drops.
func commentText(group *ast.CommentGroup) string {
	if group == nil {
		return ""
	}
	var text strings.Builder
	for _, c := range group.List {
		text.WriteString(strings.TrimLeft(c.Text, "/* \t") + " ")
	}
	return text.String()
}
