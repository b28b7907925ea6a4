package drive

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/store"
)

// A recipe is all that the outcome of a node depends on: who looks, with
// which flags, at which files, and what can be seen of the packages that
// these import. Whatever isn't in it must not influence an analyzer.
//
// An import counts by its exported types and its facts, positions left out,
// and not by its files. So a change goes no further than it can be seen.
type recipe []ingredient

// An ingredient is one thing that the outcome depends on.
type ingredient struct {
	name string // for people
	sum  string // its hash, or what it is
}

func (r recipe) key(purpose string) store.Key {
	h := newSum()
	h.add(purpose)
	for _, i := range r {
		h.add(i.name, i.sum)
	}
	return h.key()
}

// A sum hashes a list of strings.
type sum struct{ hash.Hash }

func newSum() sum { return sum{sha256.New()} }

// add adds strings, each with its length, so that no two lists are the same.
func (s sum) add(list ...string) {
	var length [8]byte
	for _, item := range list {
		binary.BigEndian.PutUint64(length[:], uint64(len(item)))
		s.Write(length[:])
		_, _ = io.WriteString(s, item) // a hash takes all
	}
}

func (s sum) key() store.Key { return store.Key(s.Sum(nil)) }

func (s sum) String() string { return hex.EncodeToString(s.Sum(nil)) }

// errUnkeyed says that the outcome of a node isn't kept.
var errUnkeyed = errors.New("something is wrong with it or with what it imports")

// recipe returns the recipe of a node all of whose imports are done.
func (r *run) recipe(n *node) (recipe, error) {
	if r.failed[n.ImportPath] || r.failed[n.path] || len(n.cut)+len(n.InvalidGoFiles) > 0 {
		return nil, errUnkeyed
	}
	list := slices.Clone(r.common)
	list = append(list, r.nature(n))
	files, err := r.fileIngredients(n)
	if err != nil {
		return nil, err
	}
	imports, err := r.importIngredients(n)
	return slices.Concat(list, files, imports), err
}

// common returns what all recipes of a run have in common.
func common(analyzers []*analysis.Analyzer, env goEnv) (recipe, error) {
	build, err := store.Build()
	if err != nil {
		return nil, err
	}
	checks := newSum()
	for _, a := range analyzers {
		checks.add(a.Name)
	}
	checks.add("")
	for _, a := range closure(analyzers) {
		checks.add(a.Name)
		a.Flags.VisitAll(func(f *flag.Flag) { checks.add(f.Name, f.Value.String()) })
	}
	config := newSum()
	config.add(env.configuration())
	for _, name := range []string{"CC", "CXX", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS"} {
		config.add(os.Getenv(name))
	}
	return recipe{{"goconclint", build}, {"checks and flags", checks.String()}, {"go and its settings", config.String()}}, nil
}

// closure returns the analyzers and all that they require, each once.
func closure(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var list []*analysis.Analyzer
	seen := make(map[*analysis.Analyzer]bool)
	var visit func(*analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, required := range a.Requires {
			visit(required)
		}
		list = append(list, a)
	}
	for _, a := range analyzers {
		visit(a)
	}
	return list
}

// nature says what the node is and what is wanted of it.
func (r *run) nature(n *node) ingredient {
	s, m := newSum(), n.module()
	s.add(n.ImportPath, n.Name, n.ForTest, fmt.Sprint(n.analyze, n.bodies, n.Standard), r.env.language(n.listed))
	s.add(m.Path, m.Version, m.GoVersion)
	return ingredient{"module", s.String()}
}

// fileIngredients are the files of the package, those of its source in the
// order in which they are parsed.
func (r *run) fileIngredients(n *node) (recipe, error) {
	var list recipe
	for kind, names := range r.filesOf(n) {
		for _, name := range names {
			digest, err := r.reader.digest(name)
			if err != nil {
				return nil, err
			}
			base, err := filepath.Rel(n.Dir, name)
			if err != nil {
				base = name // on another volume
			}
			list = append(list, ingredient{fileKinds[kind] + filepath.ToSlash(base), digest})
		}
	}
	return list, nil
}

var fileKinds = []string{"", "test ", "cgo ", "other ", "ignored "}

// filesOf returns the names of the node's files, by fileKinds.
func (r *run) filesOf(n *node) [][]string {
	plain, tests := n.goFiles(r.packages, nil)
	return [][]string{plain, tests, absolute(n.Dir, n.CgoFiles), n.otherFiles(), n.ignoredFiles()}
}

// importIngredients are what can be seen of the packages that a node imports.
func (r *run) importIngredients(n *node) (recipe, error) {
	var list recipe
	for _, own := range n.after {
		if own.sums.types == "" {
			return nil, errUnkeyed
		}
		if own == n.lender {
			list = append(list, ingredient{"facts of " + own.ImportPath, own.sums.facts})
			continue
		}
		list = append(list,
			ingredient{"types of " + own.ImportPath, own.sums.types},
			ingredient{"facts of " + own.ImportPath, own.sums.facts})
	}
	for _, id := range n.outside {
		if r.failed[id] {
			return nil, errUnkeyed
		}
		identity, err := r.identities.of(id)
		if err != nil {
			return nil, err
		}
		list = append(list, ingredient{id, identity})
	}
	for _, from := range sortedKeys(n.ImportMap) {
		list = append(list, ingredient{"import " + from, n.ImportMap[from]})
	}
	return list, nil
}

// changed says what differs from an earlier recipe of the same node.
func (r recipe) changed(earlier recipe) []string {
	if earlier == nil {
		return []string{"nothing is stored"}
	}
	before := make(map[string]string)
	for _, i := range earlier {
		before[i.name] = i.sum
	}
	var list []string
	for _, i := range r {
		old, known := before[i.name]
		delete(before, i.name)
		switch {
		case !known:
			list = append(list, i.name+" is new")
		case old != i.sum:
			list = append(list, i.name+" changed")
		}
	}
	for _, name := range sortedKeys(before) {
		list = append(list, name+" is gone")
	}
	if len(list) == 0 {
		return []string{"the stored result is gone"}
	}
	return list
}

// encode writes a recipe as lines, to be compared with later ones only.
func (r recipe) encode() []byte {
	var b strings.Builder
	for _, i := range r {
		fmt.Fprintf(&b, "%s\t%s\n", i.sum, i.name)
	}
	return []byte(b.String())
}

func decodeRecipe(data []byte) recipe {
	var list recipe
	for line := range strings.Lines(string(data)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		list = append(list, ingredient{name, sum})
	}
	return list
}
