package fix

import (
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff returns all changes as one unified diff, as patch -p1 and git apply
// read it. path names files for it.
func (p *Plan) Diff(path func(string) string) []byte {
	var out []byte
	for _, c := range p.Changes {
		name := filepath.ToSlash(path(c.File))
		out = append(out, diff.Diff("a/"+name, c.Old, "b/"+name, c.New)...)
	}
	return out
}
