package explore

import (
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// maxHandlers bounds how many pairs of handlers are made up.
const maxHandlers = 16

// servers lists clients that call handlers at the same time, each with
// itself and with those that it meets in a variable or field. A method is a
// handler if the package uses it as a value, as when it is registered; other
// values of its type may live for one request.
func (c *clientele) servers() []*client {
	registered := sync.OnceValue(func() map[types.Object]bool { return methodValues(c.funcs) })
	handlers := c.choose(func(fn *ssa.Function) bool {
		if !match.Handler(fn.Signature) || c.inTest(fn.Object()) {
			return false
		}
		recv := fn.Signature.Recv()
		return recv == nil || model.ReceiverNamed(recv.Type()) != nil && registered()[fn.Object()]
	})
	var list []*client
	for i, a := range handlers {
		for _, b := range handlers[i:] {
			if typeOf(a) == typeOf(b) && crosses(c.prints.of(a), c.prints.of(b)) && len(list) < maxHandlers {
				list = append(list, &client{typ: typeOf(a), first: a, second: b, together: true, served: true})
			}
		}
	}
	return slices.Concat(list, c.literalServers(), c.besideServer())
}

func typeOf(fn *ssa.Function) *types.Named {
	if recv := fn.Signature.Recv(); recv != nil {
		return model.ReceiverNamed(recv.Type())
	}
	return nil
}

// crosses reports whether one writes what the other uses.
func crosses(f, g *footprint) bool {
	for object, d := range f.fields {
		if conflict(d, g.fields[object]) {
			return true
		}
	}
	return false
}

// methodValues returns the methods that functions use as values.
func methodValues(funcs []*ssa.Function) map[types.Object]bool {
	found := make(map[types.Object]bool)
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if made, ok := instr.(*ssa.MakeClosure); ok && made.Fn.(*ssa.Function).Object() != nil {
					found[made.Fn.(*ssa.Function).Object()] = true // a bound method
				}
			}
		}
	}
	return found
}
