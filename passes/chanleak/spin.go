package chanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// spinning finds loops without an end that hear the signal to stop and go on:
//
//	for {
//		select {
//		case <-w.closing:
//			break // reported: it leaves the select alone
//		case job := <-w.jobs:
//			job()
//		}
//	}
//
// What says stop, a closed channel or a context that is done, stays ready: the
// goroutine never ends, and keeps a processor busy from then on. Without break
// it is reported where nothing else in the loop leaves it, and what the case
// does can't change that.
func spinning(pass *analysis.Pass) []report.Finding {
	s := &spins{pass: pass}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if loop, ok := n.(*ast.ForStmt); ok && loop.Cond == nil {
				s.loop(loop)
			}
			return true
		})
	}
	return s.found
}

type spins struct {
	pass         *analysis.Pass
	found        []report.Finding
	closed, sent map[*types.Var]bool // channels, by the variables that hold them; nil until they are asked for
}

func (s *spins) loop(loop *ast.ForStmt) {
	for _, stmt := range loop.Body.List {
		choice, ok := stmt.(*ast.SelectStmt)
		if !ok {
			continue
		}
		for _, clause := range choice.Body.List {
			s.clause(loop, choice, clause.(*ast.CommClause))
		}
	}
}

func (s *spins) clause(loop *ast.ForStmt, choice *ast.SelectStmt, clause *ast.CommClause) {
	signal := s.stopSignal(clause)
	if signal == nil || s.changes(clause) || s.leavesAround(loop, choice) {
		return
	}
	var at analysis.Range = clause.Comm
	message := "%s says stop here, and stays ready, but nothing leaves the loop: the goroutine spins for ever"
	if end := lastBreak(clause.Body); end != nil {
		at, message = end, "break leaves the select only: the loop goes on when %s says stop, and spins for ever"
	} else if s.mayLeave(choice.Body) {
		return
	}
	s.found = append(s.found, report.Finding{
		Range:   at,
		Subject: clause,
		Low:     match.InTestFile(s.pass.Fset, at.Pos()),
		Message: fmt.Sprintf(message, edit.Print(s.pass.Fset, signal)),
	})
}

// stopSignal returns the channel of a clause if that is a context's, or one
// that carries nothing and that the package closes.
func (s *spins) stopSignal(clause *ast.CommClause) ast.Expr {
	stmt, ok := clause.Comm.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	receive, ok := ast.Unparen(stmt.X).(*ast.UnaryExpr)
	if !ok || receive.Op != token.ARROW {
		return nil
	}
	if call, ok := ast.Unparen(receive.X).(*ast.CallExpr); ok {
		if fn := s.callee(call); fn == nil || model.Key(fn) != "(context.Context).Done" {
			return nil
		}
		return receive.X
	}
	t := s.pass.TypesInfo.TypeOf(receive.X)
	if t == nil || !match.IsChan(t) || !isToken(t) || !s.isClosed(receive.X) {
		return nil
	}
	return receive.X
}

// isClosed reports whether the package closes the field or variable of an
// expression, and sends nothing on it.
func (s *spins) isClosed(channel ast.Expr) bool {
	v := match.Variable(s.pass.TypesInfo, channel)
	if v == nil {
		return false
	}
	if s.closed == nil {
		s.gather()
	}
	return s.closed[v] && !s.sent[v]
}

// gather notes which channels the package closes, and on which it sends.
func (s *spins) gather() {
	s.closed, s.sent = make(map[*types.Var]bool), make(map[*types.Var]bool)
	info := s.pass.TypesInfo
	for _, file := range s.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SendStmt:
				s.sent[match.Variable(info, n.Chan)] = true
			case *ast.CallExpr:
				if match.Builtin(info, n) == "close" {
					s.closed[match.Variable(info, n.Args[0])] = true
				}
			}
			return true
		})
	}
}

// lastBreak returns the statement that ends a clause if that is a break
// without a label, which does nothing there.
func lastBreak(body []ast.Stmt) *ast.BranchStmt {
	if len(body) == 0 {
		return nil
	}
	end, ok := body[len(body)-1].(*ast.BranchStmt)
	if !ok || end.Tok != token.BREAK || end.Label != nil {
		return nil
	}
	return end
}

// leavesAround reports whether the loop may end in front of the select or
// behind it.
func (s *spins) leavesAround(loop *ast.ForStmt, choice *ast.SelectStmt) bool {
	return slices.ContainsFunc(loop.Body.List, func(stmt ast.Stmt) bool { return stmt != choice && s.mayLeave(stmt) })
}

// mayLeave reports whether something in a statement ends the loop or the
// function: a return, a break, a jump, a call that doesn't return.
func (s *spins) mayLeave(body ast.Stmt) bool {
	prog := s.pass.ResultOf[program.Analyzer].(*program.Program)
	leaves := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			leaves = true
		case *ast.BranchStmt:
			leaves = leaves || n.Label != nil || n.Tok == token.BREAK || n.Tok == token.GOTO
		case *ast.CallExpr:
			fn := s.callee(n)
			leaves = leaves || match.Builtin(s.pass.TypesInfo, n) == "panic" || fn != nil && prog.NoReturn(fn)
		}
		return !leaves
	})
	return leaves
}

func (s *spins) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(s.pass.TypesInfo, call).(*types.Func)
	return fn
}

// changes reports whether a clause assigns anything: the channel may be
// another one, or a flag tell later that it is over.
func (s *spins) changes(clause *ast.CommClause) bool {
	changes := false
	for _, stmt := range clause.Body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.AssignStmt, *ast.IncDecStmt, *ast.FuncLit:
				changes = true
			}
			return !changes
		})
	}
	return changes
}
