package limits

import (
	"fmt"
	"io"
	"strings"
)

type catalog struct{ list []string }

// FN_Field: a list in a field isn't followed.
func (c *catalog) FN_Field(set map[string]bool) string {
	for name := range set {
		c.list = append(c.list, name)
	}
	return strings.Join(c.list, ",")
}

// FN_Any: that one of several is returned is only seen where a text is matched.
func FN_Any(set map[string]int, enough func(int) bool) string {
	for name, n := range set {
		if enough(n) {
			return name
		}
	}
	return ""
}

// FN_Named: what a named result hands to the callers isn't followed.
func fnNamed(set map[string]bool) (list []string) {
	for name := range set {
		list = append(list, name)
	}
	return
}

func FN_Named(set map[string]bool) string { return strings.Join(fnNamed(set), ",") }

// FP_Workers: what receives the jobs does all of them, in any order.
func FP_Workers(jobs map[string]int, out chan<- string) {
	for job := range jobs {
		out <- job // want `the values are sent`
	}
}

// FP_Disjoint: no prefix is the beginning of another, which only the author knows.
func FP_Disjoint(w io.Writer, kinds map[string]string, name string) string {
	for prefix, kind := range kinds {
		if strings.HasPrefix(name, prefix) {
			return fmt.Sprint(kind) // want `the first match is returned`
		}
	}
	return ""
}
