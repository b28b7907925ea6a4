package drive

import (
	"go/types"
	"slices"
	"strings"
	"sync"
)

// A node is one of our own packages, or a test variant of one, that has to
// be type-checked.
type node struct {
	*listed
	path    string  // import path without what names the variant
	index   int     // place in the order of work; imports come first
	analyze bool    // run all checks on it, not only those that make facts
	bodies  bool    // type-check function bodies
	covered bool    // its test variant is analysed, which tells all its type errors
	imports []*node // own packages that it imports
	after   []*node // what must be done before: imports and whose facts it borrows
	users   []*node // nodes whose after lists hold this one
	waiting int     // how many of itself and its users aren't done
	sources []*source
	plain   int   // how many of the sources belong to the package without its tests
	lender  *node // for an intermediate variant: the package whose facts stand for its own, if loaded

	cut     map[string]bool // imports left out because they would close a cycle
	outside []string        // ImportPaths of what it imports and isn't own

	recipe   recipe // what the outcome depends on, once that is known
	recalled bool   // the outcome comes from the store
	declare  sync.Once

	// Set when types are done, read by importers.
	pkg        *types.Package
	incomplete bool // declarations may be missing, so errors in importers mean nothing
	facts      factSet
	sums       sums
}

// importID returns what go list calls the package that path means in a file
// of the node.
func (n *node) importID(path string) string {
	if id, ok := n.ImportMap[path]; ok {
		return id
	}
	return path
}

// A graph is what a run works on.
type graph struct {
	nodes   []*node         // in the order of work
	outside map[string]bool // packages that nodes import and that aren't own
}

// buildGraph picks our own packages from the list and orders them. withFacts
// says that some analyzer has facts, so that own packages are analysed even
// where nobody asked.
func buildGraph(packages []*listed, withFacts bool) *graph {
	byID := indexed(packages)
	v := &visitor{
		graph:     &graph{outside: make(map[string]bool)},
		listed:    byID,
		own:       ownPackages(packages, byID),
		withFacts: withFacts,
		made:      make(map[string]*node),
	}
	for _, root := range analysed(packages) {
		n := v.node(root)
		n.analyze, n.bodies = true, true
	}
	for _, n := range v.nodes {
		variant := v.made[n.path+" ["+n.path+".test]"]
		n.covered = n.ForTest == "" && variant != nil && variant.analyze
	}
	v.link()
	return v.graph
}

// indexed returns the packages by ImportPath. An illegal import can be listed
// as a second version of the imported package that holds the error; the sound
// one stands.
func indexed(packages []*listed) map[string]*listed {
	byID := make(map[string]*listed)
	for _, p := range packages {
		if old := byID[p.ImportPath]; old == nil || old.Error != nil {
			byID[p.ImportPath] = p
		}
	}
	for _, p := range packages {
		// External tests of the standard library aren't listed as part of it.
		if tested := byID[p.ForTest]; tested != nil && tested.Standard {
			p.Standard = true
		}
	}
	return byID
}

// ownPackages returns the packages to be loaded from source, by ImportPath:
// what was asked for, the packages of the main modules, and what lies between
// two of these, that is, leads from an own package to another. Whatever an
// own package imports and isn't own leads to none.
func ownPackages(packages []*listed, byID map[string]*listed) map[string]bool {
	own, seen := make(map[string]bool), make(map[string]bool)
	var leads func(id string) bool
	leads = func(id string) bool {
		p := byID[id]
		if p == nil || seen[id] || id == "unsafe" {
			return own[id]
		}
		seen[id] = true
		mine := !p.DepOnly || p.Module != nil && p.Module.Main
		for _, imported := range p.Imports {
			if leads(imported) {
				mine = true
			}
		}
		own[id] = mine
		return mine
	}
	for _, p := range packages {
		if !p.isTestMain() {
			leads(p.ImportPath)
		}
	}
	return own
}

// analysed returns the packages that checks run on: those asked for, a
// package with tests of its own as the variant that holds them. Variants of
// one package stand together, so that its files can be let go early.
func analysed(packages []*listed) []*listed {
	tested := make(map[string]bool)
	place := make(map[string]int)
	for i, p := range packages {
		if p.ForTest != "" && p.path() == p.ForTest {
			tested[p.ForTest] = true
		}
		if _, seen := place[p.subject()]; !seen {
			place[p.subject()] = i
		}
	}
	list := slices.DeleteFunc(slices.Clone(packages), func(p *listed) bool {
		return p.DepOnly || p.isTestMain() || p.ImportPath == "unsafe" || !p.hasFiles() ||
			p.ForTest == "" && tested[p.ImportPath]
	})
	slices.SortStableFunc(list, func(p, q *listed) int { return place[p.subject()] - place[q.subject()] })
	return list
}

// A visitor makes nodes, depth first, so that imports come in front of
// importers. Only what an analysed package reaches gets a node: a package
// whose test variant is analysed, or an intermediate variant, may be needed
// by nobody.
type visitor struct {
	*graph
	listed    map[string]*listed
	own       map[string]bool
	withFacts bool
	made      map[string]*node // nil while the node is in the making
}

// node returns the node of an own package, nil while it is in the making.
func (v *visitor) node(p *listed) *node {
	n, begun := v.made[p.ImportPath]
	if begun {
		return n
	}
	v.made[p.ImportPath] = nil
	n = &node{listed: p, path: p.path(), cut: make(map[string]bool)}
	n.lender = v.lender(n)
	n.bodies = v.withFacts && n.lender == nil
	n.addAfter(n.lender)
	for _, id := range importIDs(p) {
		if imported := v.needed(n, id); imported != nil {
			n.imports = append(n.imports, imported)
			n.addAfter(imported)
		}
	}
	v.made[p.ImportPath] = n
	n.index = len(v.nodes)
	v.nodes = append(v.nodes, n)
	return n
}

// lender returns the node whose facts stand for those of n, if it has one:
// the package that an intermediate variant is made of. It isn't even listed
// if the variant alone is imported.
func (v *visitor) lender(n *node) *node {
	if p := v.listed[n.path]; v.withFacts && n.isIntermediate() && p != nil {
		return v.needed(n, n.path)
	}
	return nil
}

// needed returns the node of a package that n needs, nil if the package is
// outside or leads back to n.
func (v *visitor) needed(n *node, id string) *node {
	p := v.listed[id]
	if p == nil || !v.own[id] {
		v.outside[id] = true
		n.outside = append(n.outside, id)
		return nil
	}
	found := v.node(p)
	if found == nil {
		n.cut[id] = true
	}
	return found
}

// importIDs returns the imports of the package as far as they are loaded,
// those of the code that cgo generates included.
func importIDs(p *listed) []string {
	list := slices.Clone(p.Imports)
	if len(p.CgoFiles) > 0 && !(p.Standard && strings.HasPrefix(p.path(), "runtime/")) {
		list = append(list, "runtime/cgo", "syscall")
	}
	list = slices.DeleteFunc(list, func(id string) bool {
		return id == "C" || id == "unsafe" || id == p.path()
	})
	slices.Sort(list)
	return slices.Compact(list)
}

func (n *node) addAfter(earlier *node) {
	if earlier != nil && !slices.Contains(n.after, earlier) {
		n.after = append(n.after, earlier)
	}
}

// link tells each node who waits for it.
func (g *graph) link() {
	for _, n := range g.nodes {
		n.waiting++
		for _, earlier := range n.after {
			earlier.users = append(earlier.users, n)
			earlier.waiting++
		}
	}
}
