package guardedby

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ast/astutil"
)

// A mistake is what one missing lock of one statement explains, however many
// variables it uses without:
//
//	return a.total == b.total && a.names == b.names
type mistake struct {
	statement ast.Stmt
	lock      string
	left      bool // the lock was held before
	shared    bool // it is held for reading
}

// byStatement makes one verdict of those on one mistake, the surest, which
// tells of the other variables.
func (j *judge) byStatement(verdicts []verdict) []verdict {
	var list []verdict
	at := make(map[mistake]int)
	for _, v := range verdicts {
		m := mistake{j.statementAt(j.blamed(v).Pos()), v.lock, v.left, v.shared}
		i, known := at[m]
		switch {
		case !known || m.statement == nil:
			at[m] = len(list)
			list = append(list, v)
		case list[i].scarce && !v.scarce || list[i].scarce == v.scarce && j.blamed(v).Pos() < j.blamed(list[i]).Pos():
			list[i], v = v, list[i]
			list[i].addTo(v)
		default:
			list[i].addTo(v)
		}
	}
	return list
}

// addTo notes what another verdict is about.
func (v *verdict) addTo(other verdict) {
	if other.call == nil {
		v.also = slices.Concat(v.also, []ast.Expr{other.use.Expr}, other.also)
	}
}

// blamed returns what a verdict points at: the use, or the call that leads to
// it.
func (j *judge) blamed(v verdict) ast.Node {
	if v.call != nil {
		if expr := j.evidence.CallExpr(v.call); expr != nil {
			return expr
		}
	}
	return v.use.Expr
}

// statementAt returns the innermost statement around a position.
func (j *judge) statementAt(pos token.Pos) ast.Stmt {
	for _, file := range j.pass.Files {
		if pos < file.FileStart || file.FileEnd <= pos {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(file, pos, pos)
		for _, node := range path {
			if statement, ok := node.(ast.Stmt); ok {
				return statement
			}
		}
	}
	return nil
}
