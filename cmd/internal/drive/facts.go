package drive

import (
	"cmp"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// Facts stay in memory as they were exported, one set per package and
// analyzer. They hang on the identity of types.Objects: an importer sees the
// very object that a fact was exported for, since own packages are loaded
// once each. What it can reach it may ask about, however far down; packages
// that aren't own have no facts here.
//
// An intermediate variant is not analysed. Its objects are those of the
// package that it is a variant of, under the same path (package objectpath),
// so it lends their facts.

// A factSet holds the facts of one analyzer about one package.
type factSet struct {
	objects  map[objectKey]analysis.Fact
	packages map[reflect.Type]analysis.Fact
}

type objectKey struct {
	object types.Object
	kind   reflect.Type
}

// A factIndex finds the node that a package belongs to.
type factIndex struct {
	mu    sync.RWMutex
	nodes map[*types.Package]*node
}

func newFactIndex() *factIndex { return &factIndex{nodes: make(map[*types.Package]*node)} }

// add prepares a node for the facts of the analyzers about pkg, its types.
func (x *factIndex) add(n *node, pkg *types.Package, owners []*analysis.Analyzer) {
	if len(owners) == 0 {
		return
	}
	n.facts = make(map[*analysis.Analyzer]*factSet)
	for _, a := range owners {
		n.facts[a] = &factSet{objects: make(map[objectKey]analysis.Fact), packages: make(map[reflect.Type]analysis.Fact)}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.nodes[pkg] = n
}

func (x *factIndex) node(pkg *types.Package) *node {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.nodes[pkg]
}

// passFacts serve the facts of one analyzer to its pass over one package.
type passFacts struct {
	index    *factIndex
	node     *node
	pkg      *types.Package // the types that the pass sees
	analyzer *analysis.Analyzer
	paths    objectpath.Encoder
}

// serve sets the functions of the pass that deal with facts.
func (f *passFacts) serve(pass *analysis.Pass) {
	pass.ImportObjectFact = f.importObject
	pass.ImportPackageFact = f.importPackage
	pass.ExportObjectFact = f.exportObject
	pass.ExportPackageFact = f.exportPackage
	pass.AllObjectFacts = f.allObjects
	pass.AllPackageFacts = f.allPackages
}

// set returns the analyzer's facts about the node, nil if there are none.
func (f *passFacts) set(n *node) *factSet {
	if n == nil {
		return nil
	}
	return n.facts[f.analyzer]
}

func (f *passFacts) importObject(object types.Object, fact analysis.Fact) bool {
	if object == nil || object.Pkg() == nil { // of the universe
		return false
	}
	n := f.index.node(object.Pkg())
	if n != nil && n.lender != nil {
		object = f.translate(object, n.lender.pkg)
		n = n.lender
	}
	set := f.set(n)
	if set == nil || object == nil {
		return false
	}
	return copyFact(fact, set.objects[objectKey{object, reflect.TypeOf(fact)}])
}

func (f *passFacts) importPackage(pkg *types.Package, fact analysis.Fact) bool {
	n := f.index.node(pkg)
	if n != nil && n.lender != nil {
		n = n.lender
	}
	set := f.set(n)
	return set != nil && copyFact(fact, set.packages[reflect.TypeOf(fact)])
}

// copyFact copies what is stored to where the analyzer wants it.
func copyFact(to, stored analysis.Fact) bool {
	if stored == nil {
		return false
	}
	reflect.ValueOf(to).Elem().Set(reflect.ValueOf(stored).Elem())
	return true
}

// translate returns the object of pkg that stands where the given one stands
// in its own package, another variant. It returns nil if there is none.
func (f *passFacts) translate(object types.Object, pkg *types.Package) types.Object {
	path, err := f.paths.For(object)
	if err != nil || pkg == nil {
		return nil // local to a function, hence unknown to importers
	}
	twin, err := objectpath.Object(pkg, path)
	if err != nil {
		return nil
	}
	return twin
}

func (f *passFacts) exportObject(object types.Object, fact analysis.Fact) {
	if object.Pkg() != f.pkg {
		panic(fmt.Sprintf("analyzer %s exports a fact about %s, an object of another package", f.analyzer.Name, object))
	}
	f.set(f.node).objects[objectKey{object, reflect.TypeOf(fact)}] = fact
}

func (f *passFacts) exportPackage(fact analysis.Fact) {
	f.set(f.node).packages[reflect.TypeOf(fact)] = fact
}

// allObjects returns the facts about this package's objects and those of all
// own packages below, in a fixed order.
func (f *passFacts) allObjects() []analysis.ObjectFact {
	var list []analysis.ObjectFact
	for _, n := range f.below() {
		list = append(list, f.objectsOf(n)...)
	}
	return list
}

func (f *passFacts) objectsOf(n *node) []analysis.ObjectFact {
	source := n
	if n.lender != nil {
		source = n.lender
	}
	set := f.set(source)
	if set == nil {
		return nil
	}
	var list []analysis.ObjectFact
	for key, fact := range set.objects {
		object := key.object
		if n.lender != nil {
			object = f.translate(object, n.pkg)
		}
		if object != nil {
			list = append(list, analysis.ObjectFact{Object: object, Fact: fact})
		}
	}
	slices.SortFunc(list, func(a, b analysis.ObjectFact) int {
		return cmp.Or(
			cmp.Compare(a.Object.Pos(), b.Object.Pos()),
			cmp.Compare(a.Object.Name(), b.Object.Name()),
			cmp.Compare(reflect.TypeOf(a.Fact).String(), reflect.TypeOf(b.Fact).String()),
		)
	})
	return list
}

// allPackages is like allObjects for facts about packages.
func (f *passFacts) allPackages() []analysis.PackageFact {
	var list []analysis.PackageFact
	for _, n := range f.below() {
		source, pkg := n, n.pkg
		if n == f.node {
			pkg = f.pkg
		}
		if n.lender != nil {
			source = n.lender
		}
		set := f.set(source)
		if set == nil {
			continue
		}
		start := len(list)
		for _, fact := range set.packages {
			list = append(list, analysis.PackageFact{Package: pkg, Fact: fact})
		}
		slices.SortFunc(list[start:], func(a, b analysis.PackageFact) int {
			return cmp.Compare(reflect.TypeOf(a.Fact).String(), reflect.TypeOf(b.Fact).String())
		})
	}
	return list
}

// below returns the node and all own packages that it imports, directly or
// not, in the order of nodes.
func (f *passFacts) below() []*node {
	seen := map[*node]bool{f.node: true}
	list := []*node{f.node}
	for i := 0; i < len(list); i++ {
		for _, imported := range list[i].imports {
			if !seen[imported] {
				seen[imported] = true
				list = append(list, imported)
			}
		}
	}
	slices.SortFunc(list, func(a, b *node) int { return a.index - b.index })
	return list
}
