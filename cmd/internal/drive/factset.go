package drive

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"sync"
	"weak"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// Facts are kept encoded, under the path of the object that they are about
// (package objectpath), as go vet keeps them. So they don't hang on types,
// which come and go, and it is all the same to an importer whether they were
// made in this run or come from the store. What an importer can reach it may
// ask about, however far down; packages that aren't own have no facts here.
//
// An intermediate variant is not analysed. Its objects are those of the
// package that it is a variant of, under the same path, so it lends their
// facts.

// A factKey says whose fact it is and what it is about.
type factKey struct {
	Analyzer string
	Kind     string          // the fact's type
	Object   objectpath.Path // "" for the package
}

func (k factKey) compare(l factKey) int {
	return cmp.Or(cmp.Compare(k.Analyzer, l.Analyzer), cmp.Compare(k.Object, l.Object), cmp.Compare(k.Kind, l.Kind))
}

// A factSet holds the encoded facts about one package. It never changes once
// importers can see it.
type factSet map[factKey][]byte

// sorted returns the keys in a fixed order.
func (s factSet) sorted() []factKey {
	return slices.SortedFunc(maps.Keys(s), factKey.compare)
}

func encodeFact(fact analysis.Fact) ([]byte, error) {
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(fact)
	return buf.Bytes(), err
}

// decodeFact decodes into what fact points to.
func decodeFact(data []byte, fact analysis.Fact) error {
	reflect.ValueOf(fact).Elem().SetZero() // gob leaves out what is zero
	return gob.NewDecoder(bytes.NewReader(data)).Decode(fact)
}

func kindOf(fact analysis.Fact) string { return reflect.TypeOf(fact).String() }

// A factIndex finds the node that a package belongs to. It doesn't keep
// packages alive.
type factIndex struct {
	mu    sync.RWMutex
	nodes map[weak.Pointer[types.Package]]*node
}

func newFactIndex() *factIndex {
	return &factIndex{nodes: make(map[weak.Pointer[types.Package]]*node)}
}

// add notes whose types pkg is. A node may have several, those that
// importers see among them.
func (x *factIndex) add(n *node, pkg *types.Package) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.nodes[weak.Make(pkg)] = n
}

func (x *factIndex) node(pkg *types.Package) *node {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.nodes[weak.Make(pkg)]
}
