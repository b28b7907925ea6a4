package emptystruct

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

const empty = "struct{}"

// declared judges the place at which the variable comes into being: the type
// must be written there, or in the value that it is given.
func (c *candidate) declared(cursor inspector.Cursor) {
	switch parent := cursor.Parent().Node().(type) {
	case *ast.Field:
		if _, isStruct := cursor.Parent().Parent().Parent().Node().(*ast.StructType); !isStruct || len(parent.Names) != 1 {
			c.no = true // a parameter: callers have the type, too
			return
		}
		c.retype(parent.Type)
	case *ast.ValueSpec:
		if len(parent.Names) != 1 || len(parent.Values) > 1 {
			c.no = true
			return
		}
		if parent.Type != nil {
			c.retype(parent.Type)
		}
		if len(parent.Values) == 1 {
			c.value(parent.Values[0])
		}
	case *ast.AssignStmt:
		i := position(parent.Lhs, c.id)
		if i < 0 || len(parent.Lhs) != len(parent.Rhs) {
			c.no = true
			return
		}
		c.value(parent.Rhs[i])
	default:
		c.no = true
	}
}

func position(list []ast.Expr, e ast.Expr) int {
	for i := range list {
		if list[i] == e {
			return i
		}
	}
	return -1
}

// retype makes map[K]struct{} of map[K]bool, where it is written.
func (c *candidate) retype(t ast.Expr) {
	var elem ast.Expr
	switch t := ast.Unparen(t).(type) {
	case *ast.MapType:
		elem = t.Value
	case *ast.ChanType:
		elem = t.Value
	}
	id, ok := elem.(*ast.Ident)
	if !ok || id.Name != "bool" {
		c.no = true // a name for the type, which others share
		return
	}
	c.edits = append(c.edits, edit.Replace(id, empty))
}

// value judges what the variable is set to: make(T), make(T, n), T{k: true}.
func (c *candidate) value(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if b, ok := typeutil.Callee(c.pass.TypesInfo, e).(*types.Builtin); ok && b.Name() == "make" {
			c.retype(e.Args[0])
			return
		}
	case *ast.CompositeLit:
		c.retype(e.Type)
		for _, element := range e.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok && c.isTrue(pair.Value) {
				c.filled++
				c.edits = append(c.edits, edit.Replace(pair.Value, "{}"))
				continue
			}
			c.no = true
		}
		return
	case *ast.Ident:
		if c.pass.TypesInfo.Types[e].IsNil() {
			return
		}
	}
	c.no = true
}

func (c *candidate) isTrue(e ast.Expr) bool {
	value := c.pass.TypesInfo.Types[e].Value
	return value != nil && value.Kind() == constant.Bool && constant.BoolVal(value)
}

// used judges one use, a field with what it is selected from.
func (c *candidate) used(cursor inspector.Cursor) {
	if c.v.IsField() {
		switch parent := cursor.Parent().Node().(type) {
		case *ast.SelectorExpr:
			cursor = cursor.Parent()
		case *ast.KeyValueExpr:
			if parent.Key == cursor.Node() {
				c.value(parent.Value)
				return
			}
		}
	}
	use, _ := cursor.Node().(ast.Expr)
	if _, isChan := types.Unalias(c.v.Type()).(*types.Chan); isChan {
		c.channelUse(cursor, use)
		return
	}
	c.mapUse(cursor, use)
}

func (c *candidate) mapUse(cursor inspector.Cursor, use ast.Expr) {
	switch parent := cursor.Parent().Node().(type) {
	case *ast.IndexExpr:
		if parent.X == use {
			c.entry(cursor.Parent(), parent)
			return
		}
	case *ast.RangeStmt:
		if parent.X == use && (parent.Value == nil || match.IsBlank(parent.Value)) {
			return
		}
	}
	c.otherUse(cursor, use, "len", "delete", "clear")
}

// otherUse judges a use that asks nothing of the elements: an operand of one
// of the given built-in functions, a new value, a comparison with nil.
func (c *candidate) otherUse(cursor inspector.Cursor, use ast.Expr, builtins ...string) {
	switch parent := cursor.Parent().Node().(type) {
	case *ast.CallExpr:
		b, ok := typeutil.Callee(c.pass.TypesInfo, parent).(*types.Builtin)
		if ok && slices.Contains(builtins, b.Name()) {
			return
		}
	case *ast.AssignStmt:
		c.reset(parent, use)
		return
	case *ast.BinaryExpr:
		if c.pass.TypesInfo.Types[parent.Y].IsNil() {
			return
		}
	}
	c.no = true
}

// reset judges x = make(…): the variable gets a new map or channel.
func (c *candidate) reset(assign *ast.AssignStmt, use ast.Expr) {
	i := position(assign.Lhs, use)
	if i < 0 || assign.Tok != token.ASSIGN || len(assign.Lhs) != len(assign.Rhs) {
		c.no = true
		return
	}
	c.value(assign.Rhs[i])
}

// entry judges m[k]: true may be put in, and it may be asked for as a
// condition.
func (c *candidate) entry(cursor inspector.Cursor, index *ast.IndexExpr) {
	at := cursor.Parent()
	switch parent := at.Node().(type) {
	case *ast.AssignStmt:
		if i := position(parent.Lhs, index); i >= 0 {
			if parent.Tok != token.ASSIGN || len(parent.Lhs) != len(parent.Rhs) || !c.isTrue(parent.Rhs[i]) {
				c.no = true
				return
			}
			c.filled++
			c.edits = append(c.edits, edit.Replace(parent.Rhs[i], empty+"{}"))
			return
		}
		if len(parent.Rhs) == 1 && len(parent.Lhs) == 2 && match.IsBlank(parent.Lhs[0]) {
			return // _, ok := m[k]
		}
		if len(parent.Rhs) == 1 && len(parent.Lhs) == 1 && parent.Tok == token.DEFINE {
			c.edits = append(c.edits, edit.Insert(parent.Lhs[0].Pos(), "_, "))
			return // x := m[k]
		}
	case *ast.IfStmt:
		c.asked(parent, index, "")
		return
	case *ast.UnaryExpr:
		if branch, ok := at.Parent().Node().(*ast.IfStmt); ok && parent.Op == token.NOT && branch.Cond == parent {
			c.asked(branch, index, "!")
			return
		}
	}
	if kind, _ := cursor.ParentEdge(); kind == edge.ParenExpr_X || inCondition(at.Node()) {
		c.noFix = true
		return
	}
	c.no = true
}

// inCondition matches what m[k] stands in where it is one of several
// conditions, or returned as the answer.
func inCondition(parent ast.Node) bool {
	switch parent := parent.(type) {
	case *ast.UnaryExpr:
		return parent.Op == token.NOT
	case *ast.BinaryExpr:
		return parent.Op == token.LAND || parent.Op == token.LOR
	}
	return false
}
