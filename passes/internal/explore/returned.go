package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// What a method returns may be a function that code outside calls later,
// whenever it likes: unsubscribe, release, cancel.
//
//	func (b *Bus) Subscribe() (<-chan Event, func()) {
//		…
//		return ch, func() { b.remove(ch) }
//	}
//
// Such clients call the method, then what it has returned: beside another
// method, beside itself, or beside the other function that it came with.

// A returnedFunc is a function with the index of the result that it is.
type returnedFunc struct {
	fn    *ssa.Function
	index int
}

func (c *clientele) releases(constructor *ssa.Function) {
	for _, maker := range c.methods {
		functions := returnedBy(maker)
		for i, released := range functions {
			base := client{constructor: constructor, setup: maker, returned: functions, first: released.fn}
			if c.meetsStarted(released.fn, maker) || constructor != nil && c.meetsStarted(released.fn, constructor) {
				c.add(base)
			}
			c.besideFunctions(base, functions[i:])
			c.besideMethods(base, c.methods)
			if base.product = c.productOf(maker); base.product != nil {
				c.besideMethods(base, c.methodsOf(base.product))
			}
		}
	}
}

// besideFunctions makes up clients that call a returned function beside those
// that came with it, and beside itself if it takes a lock: it is meant to be
// called by several.
func (c *clientele) besideFunctions(base client, functions []returnedFunc) {
	for _, other := range functions {
		f := c.prints.of(other.fn)
		if base.second = other.fn; base.second != base.first || commonLocks(f, f) > 0 {
			c.pair(base)
		}
	}
}

// besideMethods makes up clients that call a returned function beside
// methods.
func (c *clientele) besideMethods(base client, methods []*ssa.Function) {
	for _, method := range methods {
		if base.second = method; method != base.setup {
			c.pair(base)
		}
	}
}

// meetsStarted reports whether a function meets the goroutines that another
// starts.
func (c *clientele) meetsStarted(fn, starter *ssa.Function) bool {
	f, g := c.prints.of(fn), c.prints.of(starter)
	return meets(f, g) || talksUnderLock(f, g)
}

// goesOn reports whether the client uses what its setup returns.
func (c *client) goesOn() bool { return c.product != nil || len(c.returned) > 0 }

// keeps reports whether the client uses a result of its setup.
func (c *client) keeps(index int) bool {
	for _, r := range c.returned {
		if r.index == index {
			return true
		}
	}
	return c.product != nil && originOf(c.setup.Signature.Results().At(index).Type()) == c.product
}

// resultOf returns which result of its setup a function is that the client
// calls, or -1.
func (c *client) resultOf(fn *ssa.Function) int {
	for _, r := range c.returned {
		if r.fn == fn {
			return r.index
		}
	}
	return -1
}

// returnedBy lists the functions of the package that a function returns, one
// for each of its results.
func returnedBy(fn *ssa.Function) []returnedFunc {
	var list []returnedFunc
	results := fn.Signature.Results()
	for i := range results.Len() {
		if _, ok := results.At(i).Type().Underlying().(*types.Signature); !ok {
			continue
		}
		if f := resultFunc(fn, i, 0); f != nil {
			list = append(list, returnedFunc{f, i})
		}
	}
	return list
}

// resultFunc returns the function of the package that is a result of another,
// nil if there is none.
func resultFunc(fn *ssa.Function, index, depth int) *ssa.Function {
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if f := funcOf(ret.Results[index], depth); f != nil {
			return f
		}
	}
	return nil
}

// maxWraps bounds the calls that a function value is followed through.
const maxWraps = 4

// funcOf returns the function of the package that a value is: a literal, a
// bound method, the result of another function, or what a library's function
// was given to wrap, as sync.OnceFunc was.
func funcOf(v ssa.Value, depth int) *ssa.Function {
	if depth > maxWraps {
		return nil
	}
	switch v := v.(type) {
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.ChangeType:
		return funcOf(v.X, depth+1)
	case *ssa.UnOp:
		return storedFunc(v.X, depth)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if f := funcOf(e, depth+1); f != nil {
				return f
			}
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return calledFunc(call, v.Index, depth)
		}
	case *ssa.Call:
		return calledFunc(v, 0, depth)
	}
	return nil
}

// calledFunc is funcOf for a result of a call.
func calledFunc(call *ssa.Call, index, depth int) *ssa.Function {
	callee := call.Call.StaticCallee()
	if callee == nil {
		return nil
	}
	if callee.Blocks != nil {
		return resultFunc(callee, index, depth+1)
	}
	for _, arg := range call.Call.Args {
		if f := funcOf(arg, depth+1); f != nil {
			return f
		}
	}
	return nil
}

// storedFunc is funcOf for what a local variable holds.
func storedFunc(addr ssa.Value, depth int) *ssa.Function {
	local, ok := addr.(*ssa.Alloc)
	if !ok {
		return nil
	}
	for _, use := range *local.Referrers() {
		if store, ok := use.(*ssa.Store); ok && store.Addr == local {
			if f := funcOf(store.Val, depth+1); f != nil {
				return f
			}
		}
	}
	return nil
}
