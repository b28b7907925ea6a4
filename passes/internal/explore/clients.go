package explore

import (
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// Bounds on how many clients are made up.
const (
	maxClients      = 96 // of a package
	maxClientsOf    = 12 // of a type
	maxConstructors = 2
)

// Clients lists the entries that use the package's types as code outside
// might: those types that show by a lock, a channel or a goroutine of their
// own that several goroutines use them, and those methods that meet in a
// field of them.
func Clients(pkg *ssa.Package, funcs []*ssa.Function) []*Entry {
	c := &clientele{pkg: pkg, prints: make(footprints), funcs: funcs}
	clients := c.servers()
	for _, name := range pkg.Pkg.Scope().Names() {
		clients = append(clients, c.of(name)...)
	}
	var entries []*Entry
	for _, cl := range clients[:min(len(clients), maxClients)] {
		cl.prints = c.prints
		entries = append(entries, &Entry{Name: cl.name(), Func: cl.first, Kind: Client, library: true, client: cl})
	}
	return entries
}

// clientele makes up the clients of one type after the other.
type clientele struct {
	pkg    *ssa.Package
	prints footprints
	funcs  []*ssa.Function

	// the type at hand
	typ     *types.Named
	methods []*ssa.Function
	list    []*client
}

func (c *clientele) of(name string) []*client {
	object, ok := c.pkg.Pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok || object.IsAlias() || c.inTest(object) {
		return nil
	}
	named, ok := object.Type().(*types.Named)
	if !ok {
		return nil
	}
	if _, isStruct := named.Underlying().(*types.Struct); !isStruct {
		return nil
	}
	c.typ, c.list = named, nil
	c.methods = c.methodsOf(named)
	for _, constructor := range c.constructors() {
		c.sequences(constructor)
		c.pairs(constructor)
		c.restarts(constructor)
		c.products(constructor)
		c.releases(constructor)
	}
	return c.list
}

// methodsOf returns the methods of a type that code outside can call.
func (c *clientele) methodsOf(typ *types.Named) []*ssa.Function {
	return c.choose(func(fn *ssa.Function) bool {
		recv := fn.Signature.Recv()
		return recv != nil && originOf(recv.Type()) == typ && isExported(fn)
	})
}

func (c *clientele) inTest(object types.Object) bool {
	return match.InTestFile(c.pkg.Prog.Fset, object.Pos())
}

// choose returns the functions of the package that keep accepts, by
// position.
func (c *clientele) choose(keep func(fn *ssa.Function) bool) []*ssa.Function {
	var list []*ssa.Function
	for _, fn := range c.funcs {
		if fn.Parent() == nil && fn.Blocks != nil && fn.Synthetic == "" && len(fn.TypeArgs()) == 0 && keep(fn) {
			list = append(list, fn)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Pos() < list[j].Pos() })
	return list
}

// constructors returns the functions that make a value of the type, those
// with the fewest parameters first; nil stands for a composite literal.
func (c *clientele) constructors() []*ssa.Function {
	if len(c.methods) == 0 {
		return nil
	}
	list := c.choose(func(fn *ssa.Function) bool {
		return fn.Signature.Recv() == nil && c.makes(fn.Signature.Results()) && !c.inTest(fn.Object())
	})
	if len(list) == 0 {
		return []*ssa.Function{nil}
	}
	slices.SortStableFunc(list, func(a, b *ssa.Function) int { return len(a.Params) - len(b.Params) })
	return list[:min(len(list), maxConstructors)]
}

// originOf returns the named type that a type is or points to, the generic one
// of an instance; nil if there is none. Generic code is run as it stands: its
// type parameters are types that nothing is known of.
func originOf(t types.Type) *types.Named {
	if named := model.ReceiverNamed(t); named != nil {
		return named.Origin()
	}
	return nil
}

func (c *clientele) makes(results *types.Tuple) bool {
	for v := range results.Variables() {
		if originOf(v.Type()) == c.typ {
			return true
		}
	}
	return false
}

// sequences makes up clients that call methods one after the other: one that
// starts a goroutine, unless the constructor does, then one that meets that
// goroutine in a field: the same one again, if a timer is what starts it.
func (c *clientele) sequences(constructor *ssa.Function) {
	if constructor != nil && c.prints.of(constructor).spawns {
		for _, m := range c.methods {
			f, g := c.prints.of(m), c.prints.of(constructor)
			if meets(f, g) {
				c.add(client{constructor: constructor, setup: c.filler(m), first: m})
			}
			if talksUnderLock(f, g) {
				c.add(client{constructor: constructor, first: m, second: m})
				c.besides(constructor, m)
			}
		}
	}
	for _, starter := range c.methods {
		if !c.prints.of(starter).spawns {
			continue
		}
		for _, m := range c.methods {
			f, g := c.prints.of(m), c.prints.of(starter)
			if m != starter && (meets(f, g) || talksUnderLock(f, g)) {
				c.add(client{constructor: constructor, first: starter, second: m})
			}
		}
		if f := c.prints.of(starter); f.later && meets(f, f) {
			c.add(client{constructor: constructor, first: starter, second: starter, repeated: true})
		}
	}
}

// besides makes up clients that call a method, which talks to the
// constructor's goroutines under a lock, while another one occupies these.
func (c *clientele) besides(constructor, talker *ssa.Function) {
	inner := c.prints.of(constructor).inner
	for _, m := range c.methods {
		if m == talker {
			continue
		}
		for object, d := range c.prints.of(m).fields {
			if d&sends != 0 && inner[object]&receives != 0 {
				c.add(client{constructor: constructor, first: m, second: talker, together: true})
				break
			}
		}
	}
}

// meets reports whether a function and the goroutines that another starts
// use one field so that it matters who comes first.
func meets(f, starter *footprint) bool {
	for field, d := range f.fields {
		if conflict(d, starter.inner[field]) {
			return true
		}
	}
	return false
}

// talksUnderLock reports whether a function talks to the goroutines that
// another starts, and takes a lock that they take.
func talksUnderLock(f, starter *footprint) bool {
	for object, d := range f.fields {
		if d&starter.inner[object]&locks != 0 {
			return talks(f, starter)
		}
	}
	return false
}

func conflict(a, b deed) bool {
	return a&(writes|closes) != 0 && b&(reads|writes|sends|closes) != 0 ||
		b&(writes|closes) != 0 && a&(reads|writes|sends|closes) != 0 ||
		a&sends != 0 && b&receives != 0 || b&sends != 0 && a&receives != 0
}

// filler returns a method that puts something into a map or slice that the
// others use, so that they find something there; nil if there is none.
func (c *clientele) filler(others ...*ssa.Function) *ssa.Function {
	for _, m := range c.methods {
		if slices.Contains(others, m) {
			continue
		}
		for field, d := range c.prints.of(m).fields {
			if d&fills == 0 {
				continue
			}
			for _, other := range others {
				if e := c.prints.of(other).fields[field]; e != 0 && e&fills == 0 {
					return m
				}
			}
		}
	}
	return nil
}

func (c *clientele) add(cl client) *client {
	cl.typ = c.typ
	if len(c.list) < maxClientsOf {
		c.list = append(c.list, &cl)
	}
	return &cl
}
