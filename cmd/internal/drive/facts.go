package drive

import (
	"cmp"
	"fmt"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// passFacts serve the facts of one analyzer to its pass over one package.
// Those that the pass itself makes are held as they are until it is done.
type passFacts struct {
	index    *factIndex
	pkg      *types.Package // the types that the pass sees
	analyzer *analysis.Analyzer
	paths    objectpath.Encoder

	objects  map[objectKey]analysis.Fact
	packages map[reflect.Type]analysis.Fact
}

type objectKey struct {
	object types.Object
	kind   reflect.Type
}

func newPassFacts(index *factIndex, pkg *types.Package, a *analysis.Analyzer) *passFacts {
	return &passFacts{
		index: index, pkg: pkg, analyzer: a,
		objects: make(map[objectKey]analysis.Fact), packages: make(map[reflect.Type]analysis.Fact),
	}
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

func (f *passFacts) importObject(object types.Object, fact analysis.Fact) bool {
	if object == nil || object.Pkg() == nil { // of the universe
		return false
	}
	if object.Pkg() == f.pkg {
		return copyFact(fact, f.objects[objectKey{object, reflect.TypeOf(fact)}])
	}
	set := f.imported(object.Pkg())
	if len(set) == 0 {
		return false
	}
	path, err := f.paths.For(object)
	if err != nil {
		return false // local to a function, hence unknown to importers
	}
	return f.decode(set, path, fact)
}

func (f *passFacts) importPackage(pkg *types.Package, fact analysis.Fact) bool {
	if pkg == f.pkg {
		return copyFact(fact, f.packages[reflect.TypeOf(fact)])
	}
	return f.decode(f.imported(pkg), "", fact)
}

// imported returns the facts about another package.
func (f *passFacts) imported(pkg *types.Package) factSet {
	n := f.index.node(pkg)
	if n == nil {
		return nil
	}
	return n.visible().facts
}

// visible returns the node whose facts importers see.
func (n *node) visible() *node {
	if n.lender != nil {
		return n.lender
	}
	return n
}

func (f *passFacts) decode(set factSet, path objectpath.Path, fact analysis.Fact) bool {
	data, ok := set[factKey{f.analyzer.Name, kindOf(fact), path}]
	return ok && decodeFact(data, fact) == nil
}

// copyFact copies what is known to where the analyzer wants it.
func copyFact(to, known analysis.Fact) bool {
	if known == nil {
		return false
	}
	reflect.ValueOf(to).Elem().Set(reflect.ValueOf(known).Elem())
	return true
}

func (f *passFacts) exportObject(object types.Object, fact analysis.Fact) {
	if object.Pkg() != f.pkg {
		panic(fmt.Sprintf("analyzer %s exports a fact about %s, an object of another package", f.analyzer.Name, object))
	}
	f.objects[objectKey{object, reflect.TypeOf(fact)}] = fact
}

func (f *passFacts) exportPackage(fact analysis.Fact) { f.packages[reflect.TypeOf(fact)] = fact }

// seal adds the facts that the pass made to those that importers see. Of
// what is local to a function they see nothing.
func (f *passFacts) seal(set factSet) error {
	for key, fact := range f.objects {
		path, err := f.paths.For(key.object)
		if err != nil {
			continue
		}
		if err := f.put(set, path, fact); err != nil {
			return err
		}
	}
	for _, fact := range f.packages {
		if err := f.put(set, "", fact); err != nil {
			return err
		}
	}
	return nil
}

func (f *passFacts) put(set factSet, path objectpath.Path, fact analysis.Fact) error {
	data, err := encodeFact(fact)
	set[factKey{f.analyzer.Name, kindOf(fact), path}] = data
	return err
}

// allObjects returns the facts about this package's objects and those of all
// own packages below, in a fixed order.
func (f *passFacts) allObjects() []analysis.ObjectFact {
	var list []analysis.ObjectFact
	for _, pkg := range f.below() {
		list = append(list, f.objectsOf(pkg)...)
	}
	return list
}

func (f *passFacts) objectsOf(pkg *types.Package) []analysis.ObjectFact {
	var list []analysis.ObjectFact
	if pkg == f.pkg {
		for key, fact := range f.objects {
			list = append(list, analysis.ObjectFact{Object: key.object, Fact: fact})
		}
	} else {
		for key, data := range f.imported(pkg) {
			object, err := objectpath.Object(pkg, key.Object)
			if fact := f.revive(key, data); fact != nil && key.Object != "" && err == nil {
				list = append(list, analysis.ObjectFact{Object: object, Fact: fact})
			}
		}
	}
	slices.SortFunc(list, func(a, b analysis.ObjectFact) int {
		return cmp.Or(
			cmp.Compare(a.Object.Pos(), b.Object.Pos()),
			cmp.Compare(a.Object.Name(), b.Object.Name()),
			cmp.Compare(kindOf(a.Fact), kindOf(b.Fact)),
		)
	})
	return list
}

// allPackages is like allObjects for facts about packages.
func (f *passFacts) allPackages() []analysis.PackageFact {
	var list []analysis.PackageFact
	for _, pkg := range f.below() {
		list = append(list, f.factsOf(pkg)...)
	}
	return list
}

func (f *passFacts) factsOf(pkg *types.Package) []analysis.PackageFact {
	var list []analysis.PackageFact
	if pkg == f.pkg {
		for _, fact := range f.packages {
			list = append(list, analysis.PackageFact{Package: pkg, Fact: fact})
		}
	} else {
		for key, data := range f.imported(pkg) {
			if fact := f.revive(key, data); fact != nil && key.Object == "" {
				list = append(list, analysis.PackageFact{Package: pkg, Fact: fact})
			}
		}
	}
	slices.SortFunc(list, func(a, b analysis.PackageFact) int { return cmp.Compare(kindOf(a.Fact), kindOf(b.Fact)) })
	return list
}

// revive decodes a fact of this analyzer; it returns nil for those of others.
func (f *passFacts) revive(key factKey, data []byte) analysis.Fact {
	for _, kind := range f.analyzer.FactTypes {
		if key.Analyzer == f.analyzer.Name && key.Kind == kindOf(kind) {
			fact := reflect.New(reflect.TypeOf(kind).Elem()).Interface().(analysis.Fact)
			if decodeFact(data, fact) == nil {
				return fact
			}
		}
	}
	return nil
}

// below returns the own packages that this one reaches by imports, itself
// last, in the order of nodes.
func (f *passFacts) below() []*types.Package {
	seen := map[*types.Package]bool{f.pkg: true}
	list := []*types.Package{f.pkg}
	for i := 0; i < len(list); i++ {
		for _, imported := range list[i].Imports() {
			if !seen[imported] && f.index.node(imported) != nil {
				seen[imported] = true
				list = append(list, imported)
			}
		}
	}
	slices.SortFunc(list, func(a, b *types.Package) int { return f.index.node(a).index - f.index.node(b).index })
	return list
}

// sealFacts makes what the analyzers found out about the package visible to
// its importers.
func (p *packagePasses) sealFacts(owners []*analysis.Analyzer) []finding.Problem {
	set := make(factSet)
	var problems []finding.Problem
	for _, a := range owners {
		pass := p.passes[a]
		if !pass.done {
			continue
		}
		if err := pass.facts.seal(set); err != nil {
			problems = append(problems, internal("encoding facts of "+a.Name, p.node.path, OneLine(err.Error())))
		}
	}
	p.node.facts = set
	return problems
}
