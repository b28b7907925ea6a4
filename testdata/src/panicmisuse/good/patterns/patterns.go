// Package patterns matches with patterns that are written in the program.
package patterns

import (
	"fmt"
	"path"
	"regexp"
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
