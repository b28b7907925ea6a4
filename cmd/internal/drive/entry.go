package drive

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/objectpath"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// An entry is the outcome of a node as it lies in the store. Paths in it are
// portable: the user may move the module.
type entry struct {
	Types    string              // sum of the exported types
	Facts    []storedFact        `json:",omitempty"`
	Analysed bool                `json:",omitempty"`
	Findings []finding.Finding   `json:",omitempty"`
	Counters map[string][]string `json:",omitempty"`

	// Findings have places in these files of other packages. Their lines may
	// have moved although nothing has changed that can be seen of the package.
	Elsewhere []ingredientFile `json:",omitempty"`
}

type storedFact struct {
	Analyzer, Kind string
	Object         objectpath.Path `json:",omitempty"`
	Data           []byte
}

type ingredientFile struct{ Path, Digest string }

func storedFacts(set factSet) []storedFact {
	var list []storedFact
	for _, key := range set.sorted() {
		list = append(list, storedFact{key.Analyzer, key.Kind, key.Object, set[key]})
	}
	return list
}

func (e *entry) facts() factSet {
	set := make(factSet)
	for _, f := range e.Facts {
		set[factKey{f.Analyzer, f.Kind, f.Object}] = f.Data
	}
	return set
}

// pack encodes an entry. It refuses one that wouldn't come back as it is, as
// when a message holds what isn't UTF-8.
func (e *entry) pack() ([]byte, bool) {
	data, err := json.Marshal(e)
	if err != nil {
		return nil, false
	}
	var again entry
	err = json.Unmarshal(data, &again)
	return data, err == nil && reflect.DeepEqual(e, &again)
}

// roots are the folders that portable paths are relative to.
type roots []root

type root struct{ name, dir string }

func newRoots(nodes []*node, env goEnv) roots {
	list := roots{{"GOROOT", filepath.Clean(env.GOROOT)}, {"GOMODCACHE", filepath.Clean(env.GOMODCACHE)}}
	for _, n := range nodes {
		if m := n.module(); m.Dir != "" && !slices.ContainsFunc(list, func(r root) bool { return r.dir == m.Dir }) {
			list = append(list, root{"module " + m.Path, m.Dir})
		}
	}
	slices.SortStableFunc(list, func(a, b root) int { return len(b.dir) - len(a.dir) }) // the innermost first
	return list
}

// portable returns a path relative to one of the roots.
func (list roots) portable(path string) string {
	if path == "" {
		return ""
	}
	for _, r := range list {
		if inside(path, r.dir) {
			return r.name + "|" + filepath.ToSlash(path[len(r.dir)+1:])
		}
	}
	return "|" + path
}

var errRoot = errors.New("a path in a module that isn't there")

// absolute undoes portable.
func (list roots) absolute(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	name, rest, _ := strings.Cut(path, "|")
	if name == "" {
		return rest, nil
	}
	for _, r := range list {
		if r.name == name {
			return filepath.Join(r.dir, filepath.FromSlash(rest)), nil
		}
	}
	return "", errRoot
}

// eachFile calls f for each place that names a file.
func eachFile(list []finding.Finding, f func(file *string)) {
	each := func(r *finding.Range) {
		f(&r.Start.File)
		f(&r.End.File)
	}
	for i := range list {
		each(&list[i].Range)
		for j := range list[i].Related {
			each(&list[i].Related[j].Range)
		}
		for _, fix := range list[i].Fixes {
			for k := range fix.Edits {
				f(&fix.Edits[k].File)
			}
		}
	}
}

// cloneFindings copies findings so that their places can be changed.
func cloneFindings(list []finding.Finding) []finding.Finding {
	list = slices.Clone(list)
	for i := range list {
		list[i].Related = slices.Clone(list[i].Related)
		list[i].Fixes = slices.Clone(list[i].Fixes)
		for j := range list[i].Fixes {
			list[i].Fixes[j].Edits = slices.Clone(list[i].Fixes[j].Edits)
		}
	}
	return list
}
