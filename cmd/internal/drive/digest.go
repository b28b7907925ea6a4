package drive

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"sync/atomic"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// digests are the hashes of files by name, as they were when they went into
// a recipe. Contents aren't kept: when a file is read again and has changed
// in between, nothing that is found from then on may be stored, since it
// belongs to no recipe.
type digests struct {
	known    sync.Map // string to string
	unsteady atomic.Bool
}

// compare notes whether the contents are others than those that were hashed.
func (d *digests) compare(name string, content []byte) {
	if known, ok := d.known.Load(name); ok && known != digest(content) {
		d.unsteady.Store(true)
	}
}

func digest(content []byte) string {
	hash := sha256.Sum256(content)
	return hex.EncodeToString(hash[:])
}

// digest returns the hash of a file, which is read once.
func (r *reader) digest(name string) (string, error) {
	if known, ok := r.digests.known.Load(name); ok {
		return known.(string), nil
	}
	content, err := r.ReadFile(name)
	if err != nil {
		return "", err
	}
	known, _ := r.digests.known.LoadOrStore(name, digest(content))
	return known.(string), nil
}

// unsteady reports whether a file has changed since it was hashed.
func (r *reader) unsteady() bool { return r.digests.unsteady.Load() }

// check reads files again that somebody else has read in the meantime, as
// the go command does for cgo.
func (r *reader) check(names []string) {
	for _, name := range names {
		if _, err := r.ReadFile(name); err != nil {
			r.digests.unsteady.Store(true)
		}
	}
}

// sign notes in edits which contents they are for.
func (r *reader) sign(findings []finding.Finding) {
	for _, f := range findings {
		for _, fix := range f.Fixes {
			for i := range fix.Edits {
				if sum, err := r.digest(fix.Edits[i].File); err == nil {
					fix.Edits[i].Sum = sum
				}
			}
		}
	}
}
