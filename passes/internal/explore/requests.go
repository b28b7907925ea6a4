package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// Handlers that are function literals. Somebody has to run the function that
// makes one, so that it has what it captured:
//
//	func routes() http.Handler {
//		visits := 0
//		mux := http.NewServeMux()
//		mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { visits++ })
//		return mux
//	}
//
// The client calls routes, and once that has returned, or serves, two requests
// at the same time.

// A literal may stand in a literal that the function returns, as middleware is
// written. Then the client calls that, too, and gives it a handler to wrap.
//
//	func counted(limit int) func(http.Handler) http.Handler {
//		visits := 0
//		return func(next http.Handler) http.Handler {
//			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { visits++ })
//		}
//	}

// literalServers lists clients of literals that change what they captured, or
// a field that each request finds.
func (c *clientele) literalServers() []*client {
	var list []*client
	for _, fn := range c.funcs {
		if fn.Parent() == nil || !match.Handler(fn.Signature) || !c.outlivesRequest(fn) {
			continue
		}
		if prints := c.prints.of(fn); (updatesCaptured(fn) || crosses(prints, prints)) && len(list) < maxHandlers {
			maker := outermost(fn)
			list = append(list, &client{typ: typeOf(maker), setup: maker, first: fn, second: fn, together: true, served: true})
		}
	}
	slices.SortStableFunc(list, func(a, b *client) int { return int(a.first.Pos() - b.first.Pos()) })
	return list
}

// besideServer lists clients that serve requests while the goroutines run that
// the function starts which registers the handler.
func (c *clientele) besideServer() []*client {
	var list []*client
	makers := c.choose(func(fn *ssa.Function) bool { return !c.inTest(fn.Object()) && len(namedHandlers(fn)) > 0 })
	for _, maker := range makers {
		prints := c.prints.of(maker)
		for _, fn := range namedHandlers(maker) {
			if prints.spawns && meets(c.prints.of(fn), prints) && len(list) < maxHandlers {
				list = append(list, &client{typ: typeOf(maker), setup: maker, first: fn, second: fn, together: true, served: true})
			}
		}
	}
	return list
}

// namedHandlers lists the handlers among the declared functions that a
// function mentions.
func namedHandlers(maker *ssa.Function) []*ssa.Function {
	return slices.DeleteFunc(usedFunctions(maker), func(fn *ssa.Function) bool {
		return fn.Parent() != nil || fn.Signature.Recv() != nil || fn.Blocks == nil || !match.Handler(fn.Signature)
	})
}

// outlivesRequest reports whether a literal serves more than the request that
// made it: none of the functions around it is a handler itself.
func (c *clientele) outlivesRequest(fn *ssa.Function) bool {
	for fn = fn.Parent(); ; fn = fn.Parent() {
		if match.Handler(fn.Signature) || len(fn.TypeArgs()) > 0 {
			return false
		}
		if fn.Parent() == nil {
			return fn.Object() != nil && !c.inTest(fn.Object())
		}
	}
}

func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// updatesCaptured reports whether a function changes a captured variable, or
// what one refers to.
func updatesCaptured(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if inCaptured(instr.Addr) && updates(instr) {
					return true
				}
			case *ssa.MapUpdate:
				if inCaptured(instr.Map) {
					return true
				}
			}
		}
	}
	return false
}

// inCaptured reports whether a value is a captured variable, or found by way
// of one.
func inCaptured(v ssa.Value) bool {
	for range 8 {
		switch x := v.(type) {
		case *ssa.FreeVar:
			return true
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		default:
			return false
		}
	}
	return false
}

// updates reports whether what is stored depends on what was there, as in n++
// and list = append(list, x): one of two such updates may get lost, while of
// two plain assignments the later one wins, which may be meant.
func updates(store *ssa.Store) bool {
	anyCall := func(*ssa.Call) bool { return true }
	return program.Derives(store.Val, func(v ssa.Value) bool {
		load, ok := v.(*ssa.UnOp)
		return ok && load.Op == token.MUL && program.Same(load.X, store.Addr)
	}, anyCall)
}

// requests runs the two requests when the function that registers the
// handler serves, since it may never return.
func requests(m *machine, inv *invocation, d delivery) {
	c := m.entry.client
	if c == nil || !c.served || c.setup == nil || len(c.first.FreeVars) > 0 && m.st.registered == nil || m.st.served {
		m.unknownCall(inv, d)
		return
	}
	m.st.served = true
	args := []value{m.funcValue(c.first), m.funcValue(c.second)}
	m.push(&invocation{fn: m.models.pkg.Func("serve"), args: args, pos: inv.pos}, d)
	m.fr.after = func(m *machine, _ value) value { return m.unknownResult(inv, d) }
}

// inLayers reports whether the handler is made by a literal, rather than by the
// function that is called first.
func (c *client) inLayers() bool {
	return c.served && c.first.Parent() != nil && c.first.Parent() != c.setup
}

// apply calls a function that the client's setup has returned, if that is what
// makes the handler.
func apply(m *machine, inv *invocation, d delivery) {
	made, ok := inv.args[0].(*closure)
	if !ok || m.st.registered != nil || !m.entry.client.inLayers() {
		m.deliver(d, nilRef{})
		return
	}
	run := &invocation{fn: made.fn, sig: made.fn.Signature, bind: made.bind}
	for _, p := range made.fn.Params {
		run.args = append(run.args, m.argument(p))
	}
	m.event(eventOp, &site{fn: made.fn, pos: made.fn.Pos()}, WhatCall)
	m.push(run, d)
	m.fr.after = func(m *machine, v value) value {
		m.escape(v)
		return v
	}
}
