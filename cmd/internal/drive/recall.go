package drive

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"go/token"
	"go/types"
	"runtime"
	"slices"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/goconclint/goconclint/cmd/internal/store"
)

// sums stand for what importers see of a node. They are empty if that isn't
// known: the node is broken, or there is no store.
type sums struct {
	types string
	facts string // its own and those of all that it imports
}

// What the store is asked for.
const (
	outcomeOf = "the outcome of a package"
	lastOf    = "the last recipe of a package"
)

// prepareRecipes collects what all recipes need. Without it nothing is
// recalled and nothing stored.
func (r *run) prepareRecipes() {
	r.identities = newIdentities(r.packages, r.reader, r.env)
	r.roots = newRoots(r.nodes, r.env)
	if r.opts.Store == nil {
		return
	}
	var err error
	if r.common, err = common(r.opts.Analyzers, r.env); err != nil {
		r.opts.Store = nil
	}
}

// recallAll asks the store for the outcome of each node, imports first. It
// reports whether all are there, so that nothing has to be parsed.
func (r *run) recallAll(ctx context.Context) bool {
	if r.opts.Store == nil {
		return false
	}
	schedule(ctx, r.nodes, runtime.GOMAXPROCS(0), func(n *node, _ func()) {
		if r.recall(n) {
			r.report(n)
		}
	})
	return !slices.ContainsFunc(r.nodes, func(n *node) bool { return !n.recalled })
}

// recall takes the outcome of a node from the store, if its imports are
// known and it is there.
func (r *run) recall(n *node) bool {
	if r.opts.Store == nil || n.recalled || n.recipe != nil {
		return n.recalled // asked before
	}
	for _, earlier := range n.after {
		if earlier.sums.types == "" {
			return false
		}
	}
	list, err := r.recipe(n)
	if err != nil {
		return false
	}
	n.recipe = list
	e, ok := r.entry(list.key(outcomeOf))
	if !ok {
		return false
	}
	n.recalled, n.bodies = true, false
	n.facts = e.facts()
	n.sums = sums{e.Types, n.factsSum()}
	out := &r.outcomes[n.index]
	out.recalled, out.analysed, out.findings, out.counters = true, e.Analysed, e.Findings, e.Counters
	return true
}

// entry reads an entry; its paths are made absolute.
func (r *run) entry(key store.Key) (*entry, bool) {
	data, ok := r.opts.Store.Get(key)
	if !ok {
		return nil, false
	}
	e := new(entry)
	if err := json.Unmarshal(data, e); err != nil || e.Types == "" {
		return nil, false
	}
	complete := true
	eachFile(e.Findings, func(file *string) {
		path, err := r.roots.absolute(*file)
		*file = path
		complete = complete && err == nil
	})
	for _, file := range e.Elsewhere {
		path, err := r.roots.absolute(file.Path)
		complete = complete && err == nil && r.digestOrNone(path) == file.Digest
	}
	return e, complete
}

// digestOrNone is for files that findings name, which may not exist, as
// behind //line comments.
func (r *run) digestOrNone(name string) string {
	digest, err := r.reader.digest(name)
	if err != nil {
		return "none"
	}
	return digest
}

// save stores the outcome of a node, unless something is wrong with it or a
// file has changed since its contents went into the recipe.
func (r *run) save(n *node, c *checked, out *outcome) {
	if n.recipe == nil || n.sums.types == "" || c.broken || n.incomplete || len(out.problems) > 0 || r.reader.unsteady() {
		return
	}
	e := &entry{
		Types:    n.sums.types,
		Facts:    storedFacts(n.facts),
		Analysed: out.analysed,
		Findings: cloneFindings(out.findings),
		Counters: out.counters,
	}
	own := make(map[string]bool)
	for _, names := range r.filesOf(n) {
		for _, name := range names {
			own[name] = true
		}
	}
	eachFile(e.Findings, func(file *string) {
		if *file != "" && !own[*file] {
			own[*file] = true
			e.Elsewhere = append(e.Elsewhere, ingredientFile{r.roots.portable(*file), r.digestOrNone(*file)})
		}
		*file = r.roots.portable(*file)
	})
	data, ok := e.pack()
	if !ok || r.reader.unsteady() {
		return
	}
	r.opts.Store.Put(n.recipe.key(outcomeOf), data)
	r.opts.Store.Put(r.lastKey(n), n.recipe.encode())
}

// lastKey is where the recipe by which a node was analysed last is kept, to
// say why it is analysed again.
func (r *run) lastKey(n *node) store.Key {
	s := newSum()
	s.add(lastOf, n.Dir, n.ImportPath)
	return s.key()
}

// why says why the node wasn't recalled.
func (r *run) why(n *node) []string {
	if n.recipe == nil {
		return []string{errUnkeyed.Error()}
	}
	var last recipe
	if data, ok := r.opts.Store.Get(r.lastKey(n)); ok {
		last = decodeRecipe(data)
	}
	return n.recipe.changed(last)
}

// sum computes what importers see of a node whose types and facts are done.
// Positions are left out: they are those of an empty file set. Where nobody
// imports it, as with most tests and commands, its recipe stands for the
// types, which tells apart more than need be: should somebody import it in a
// later run, an edit may make that one be analysed once in vain.
func (r *run) sum(n *node) {
	if r.opts.Store == nil || n.incomplete || n.pkg == nil {
		return
	}
	if len(n.users) == 0 && n.recipe != nil {
		key := n.recipe.key("the types of a package that nobody imports")
		n.sums = sums{hex.EncodeToString(key[:]), n.factsSum()}
		return
	}
	s := newSum()
	if err := gcexportdata.Write(s, token.NewFileSet(), n.pkg); err != nil {
		return
	}
	n.sums = sums{s.String(), n.factsSum()}
}

// factsSum hashes the facts about a package and about all own packages that
// it imports: importers can see these, too, by way of types and values.
func (n *node) factsSum() string {
	s := newSum()
	facts := n.visible().facts
	for _, key := range facts.sorted() {
		s.add(key.Analyzer, key.Kind, string(key.Object), string(facts[key]))
	}
	empty := len(facts) == 0
	for _, imported := range n.imports {
		if imported.sums.facts != noFacts {
			empty = false
			s.add(imported.ImportPath, imported.sums.facts)
		}
	}
	if empty {
		return noFacts
	}
	return s.String()
}

const noFacts = "none"

// typesOf returns the types of an own package that is done. If it was
// recalled, its declarations are read now.
func (r *run) typesOf(n *node) *types.Package {
	if !n.recalled {
		return n.pkg
	}
	n.declare.Do(func() {
		plain, tests := n.goFiles(r.packages, r.compiled)
		c := r.check(n, []*source{{names: plain, bare: true}, {names: tests, bare: true}}, false)
		n.pkg, n.incomplete = c.pkg, c.incomplete
		r.facts.add(n, n.pkg)
	})
	return n.pkg
}
