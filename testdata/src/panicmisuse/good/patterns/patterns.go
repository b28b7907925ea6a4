// Package patterns matches with patterns that are written in the program.
package patterns

import (
	"fmt"
	"io"
	"net/http"
	"path"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// A Mover renames a package.
type Mover struct{ To string }

// Check reports a name that is no identifier: the pattern is well-formed, so
// the match can't fail, whatever it is matched with.
func (m *Mover) Check() error {
	ok, err := regexp.MatchString(`^[_\pL][_\pL\p{Nd}]*$`, path.Base(m.To))
	if err != nil {
		panic("regexp.MatchString failed")
	}
	if !ok {
		return fmt.Errorf("bad destination %q", m.To)
	}
	if hidden, err := path.Match(".*", path.Base(m.To)); err != nil {
		panic(err)
	} else if hidden {
		return fmt.Errorf("hidden destination %q", m.To)
	}
	return nil
}

// A spec says what to rename. Its name comes from a flag.
type spec struct{ pkg, name string }

// Parse turns away what is no identifier, so that patterns can be made of it.
func Parse(flag string) (*Renamer, error) {
	var s spec
	s.pkg, s.name, _ = strings.Cut(flag, ".")
	if parts := strings.Split(flag, "::"); len(parts) == 2 {
		s.name = parts[1]
	}
	if !isIdentifier(s.name) {
		return nil, fmt.Errorf("%q is no identifier", s.name)
	}
	return &Renamer{from: s.name}, nil
}

func isIdentifier(name string) bool {
	for i, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}

// A Renamer renames in comments.
type Renamer struct{ from string }

// Rename replaces whole words.
func (r *Renamer) Rename(comment, to string) (string, error) {
	word := regexp.MustCompile(`\b` + r.from + `\b`)
	return word.ReplaceAllString(comment, to), nil
}

// Word finds one word, which must be valid.
func Word(word string) (*regexp.Regexp, error) {
	if err := validate(word); err != nil {
		return nil, err
	}
	return regexp.MustCompile("^" + word + "$"), nil
}

func validate(word string) error {
	if !isIdentifier(word) {
		return fmt.Errorf("bad word %q", word)
	}
	return nil
}

// Checks that the build leaves out.
const checks = false

func sum(column, part int, text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, err
	}
	if checks && column > 0 {
		if _, err := strconv.Atoi(text[part:]); err != nil {
			panic(err)
		}
	}
	return n, nil
}

// forward gives up in the way that net/http asks for.
func forward(w http.ResponseWriter, body io.Reader) error {
	if _, err := io.Copy(w, body); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

// width reads a tag of a type that the program declares.
func width(v any, name string) (int, error) {
	field, ok := reflect.TypeOf(v).FieldByName(name)
	if !ok {
		return 0, fmt.Errorf("no field %s", name)
	}
	n, err := strconv.Atoi(field.Tag.Get("width"))
	if err != nil {
		panic(fmt.Sprintf("tag of field %s: %v", name, err))
	}
	return n, nil
}

// FakeSource is a source of lines for testing.
type FakeSource struct{ lines []string }

// Next panics as a test's own mistake.
func (f *FakeSource) Next() (int, error) {
	n, err := strconv.Atoi(f.lines[0])
	if err != nil {
		panic(err)
	}
	return n, nil
}

var (
	_ = sum
	_ = forward
	_ = width
)
