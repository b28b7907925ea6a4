package drive

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// identities tell the versions of packages that aren't our own apart, with
// all that they depend on. A package of the standard library or of the
// module cache never changes while its version stays the same; one of a
// vendor folder or of a replaced module is known by the contents of its
// files. Which files belong to it stands for build tags.
type identities struct {
	packages map[string]*listed
	reader   *reader
	env      goEnv

	mu     sync.Mutex
	known  map[string]string
	hashed []string // files that were read
}

func newIdentities(packages map[string]*listed, r *reader, env goEnv) *identities {
	return &identities{packages: packages, reader: r, env: env, known: map[string]string{"unsafe": "unsafe", "C": "C"}}
}

// of returns the identity of a package.
func (x *identities) of(id string) (string, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.find(id)
}

func (x *identities) find(id string) (string, error) {
	if found := x.known[id]; found != "" {
		return found, nil
	}
	p := x.packages[id]
	if p == nil {
		return "", errUnkeyed
	}
	x.known[id] = "below itself" // an import cycle, which is an error elsewhere
	identity, err := x.compute(p)
	if err != nil {
		delete(x.known, id)
		return "", err
	}
	x.known[id] = identity
	return identity, nil
}

func (x *identities) compute(p *listed) (string, error) {
	s := newSum()
	s.add(p.ImportPath, x.env.configuration())
	if m := p.Module; m != nil {
		s.add(m.Path, m.Version, m.Sum, m.GoVersion)
	}
	files := slices.Concat(absolute(p.Dir, p.GoFiles), absolute(p.Dir, p.CgoFiles), p.otherFiles())
	pinned := x.pinned(p)
	for _, name := range files {
		s.add(filepath.Base(name))
		if !pinned {
			digest, err := x.reader.digest(name)
			if err != nil {
				return "", err
			}
			s.add(digest)
			x.hashed = append(x.hashed, name)
		}
	}
	for _, imported := range p.Imports {
		identity, err := x.find(imported)
		if err != nil {
			return "", err
		}
		s.add(identity)
	}
	return s.String(), nil
}

// pinned reports whether the package can't change without its version.
func (x *identities) pinned(p *listed) bool {
	for name := range x.reader.overlay {
		if filepath.Dir(name) == p.Dir {
			return false
		}
	}
	if p.Standard {
		return !strings.Contains(x.env.GOVERSION, "devel") && inside(p.Dir, x.env.GOROOT)
	}
	return p.Module != nil && p.Module.Version != "" && inside(p.Dir, x.env.GOMODCACHE)
}

// folders returns the folders of packages that can change, sorted.
func (x *identities) folders(packages []*listed) []string {
	var list []string
	for _, p := range packages {
		if p.Dir != "" && !x.pinned(p) {
			list = append(list, p.Dir)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// inside reports whether a path lies in a folder.
func inside(path, folder string) bool {
	rest, ok := strings.CutPrefix(path, folder)
	return folder != "" && ok && strings.HasPrefix(rest, string(filepath.Separator))
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
