package closemisuse

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

// expected reports whether the send that panics is made by a function that
// recovers from just that: it knows that the channel may be closed.
//
//	func (c *conn) put(packet []byte) {
//		defer func() { _ = recover() }()
//		c.packets <- packet
//	}
func expected(pass *analysis.Pass, v *verdicts.Verdict) bool {
	for i := range v.Ops {
		op := &v.Ops[i]
		isSend := v.Kind == explore.KindSendClosed && i == 0 || v.Kind == explore.KindSyncRace && op.What != "write"
		if isSend && recovers(pass.TypesInfo, verdicts.Function(pass, op.Pos)) {
			return true
		}
	}
	return false
}

// recovers reports whether a function, which does little else, defers a
// literal of its own that recovers. A server's handler does so, too, to
// survive whatever happens in it, and that says nothing of channels: it does
// much.
func recovers(info *types.Info, fn ast.Node) bool {
	body := bodyOf(fn)
	if body == nil || len(body.List) > expectingStatements {
		return false
	}
	for _, stmt := range body.List {
		deferred, ok := stmt.(*ast.DeferStmt)
		if !ok {
			continue
		}
		if lit, ok := deferred.Call.Fun.(*ast.FuncLit); ok && match.Recovers(info, lit.Body) {
			return true
		}
	}
	return false
}

// expectingStatements is how many statements a function has at most whose
// recover is there for the send.
const expectingStatements = 6

func bodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}
