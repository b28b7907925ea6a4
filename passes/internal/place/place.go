// Package place names locations relative to a function's formals, so that
// they mean something to its callers, in this package and in others: s.mu is
// field mu of formal 0.
//
// Places are values: equal places are equal by ==, and say the same in every
// package. A caller puts its actual for the formal (see [Place.Under]).
package place

import (
	"strconv"
	"strings"
)

// A Place is a formal of a function and a path of fields in it. Pointers and
// what they point to go by one name. The receiver is formal 0.
type Place struct {
	Formal int
	Path   string // names of fields, each behind a dot: ".state.mu"
}

// Of returns the place of a formal.
func Of(formal int) Place { return Place{Formal: formal} }

// Field returns a field of the place.
func (p Place) Field(name string) Place {
	p.Path += "." + name
	return p
}

// Fields returns the names of the fields on the path, outermost first.
func (p Place) Fields() []string {
	if p.Path == "" {
		return nil
	}
	return strings.Split(p.Path[1:], ".")
}

// Under returns the place as a caller knows it that passes the actual for
// the place's formal.
func (p Place) Under(actual Place) Place {
	return Place{Formal: actual.Formal, Path: actual.Path + p.Path}
}

// Within reports whether the place is the other one or a part of it.
func (p Place) Within(outer Place) bool {
	rest, ok := strings.CutPrefix(p.Path, outer.Path)
	return ok && p.Formal == outer.Formal && (rest == "" || rest[0] == '.')
}

// Compare orders places for what has to be deterministic.
func (p Place) Compare(q Place) int {
	if p.Formal != q.Formal {
		return p.Formal - q.Formal
	}
	return strings.Compare(p.Path, q.Path)
}

// String returns the place for tests: "0.mu".
func (p Place) String() string { return strconv.Itoa(p.Formal) + p.Path }

// Parse reads what String writes.
func Parse(s string) (Place, bool) {
	formal, path, deeper := strings.Cut(s, ".")
	n, err := strconv.Atoi(formal)
	if err != nil || n < 0 || strconv.Itoa(n) != formal {
		return Place{}, false
	}
	p := Place{Formal: n}
	if deeper {
		for _, name := range strings.Split(path, ".") {
			if name == "" {
				return Place{}, false
			}
			p = p.Field(name)
		}
	}
	return p, true
}
