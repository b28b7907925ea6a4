package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// handlers lists the entries for functions that a server runs on a goroutine
// for each request: each at the same time as itself, if it writes what
// outlives the request.
func handlers(pkg *ssa.Package, funcs []*ssa.Function) []*Entry {
	prints := &footprints{done: make(map[*ssa.Function]*footprint)}
	var entries []*Entry
	for _, fn := range funcs {
		if fn.Parent() != nil || fn.Blocks == nil || fn.TypeParams() != nil || fn.Signature.Recv() != nil || !handlesRequests(fn.Signature) {
			continue
		}
		if p := prints.of(fn); p.disturbs(p) {
			entries = append(entries, &Entry{Name: fn.RelString(pkg.Pkg) + " and itself", Func: fn, Kind: Handler, library: true,
				client: &client{first: fn, second: fn}})
		}
	}
	return entries
}

// handlesRequests reports whether a signature is that of net/http's handlers
// or of a handler of a web framework that is known.
func handlesRequests(sig *types.Signature) bool {
	params := sig.Params()
	if params.Len() == 2 && model.TypeKey(params.At(0).Type()) == "net/http.ResponseWriter" {
		return model.TypeKey(params.At(1).Type()) == "net/http.Request"
	}
	return params.Len() == 1 && model.RequestContext(params.At(0).Type())
}
