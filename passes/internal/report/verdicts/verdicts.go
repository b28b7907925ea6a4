// Package verdicts is the room that decides who reports what the engine
// found: it settles which check owns each finding of package explore, folds
// findings that have one root cause, and says in the words of the source who
// did what where.
//
//	owner.go     kinds of findings and the checks that own them
//	fold.go      one root cause, one verdict
//	spelling.go  the source behind a position: which expression is worked on
//	steps.go     the steps of a schedule that a reader needs
//	race.go      the words for two accesses
//	join.go      what the checks report, with and without a schedule
package verdicts

import (
	"go/ast"
	"go/token"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/explore"
)

// Analyzer serves each check its verdicts.
var Analyzer = &analysis.Analyzer{
	Name:       "verdicts",
	Doc:        "settle which check reports what exploration found",
	Requires:   []*analysis.Analyzer{explore.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	Run:        run,
}

// A Result holds the verdicts on one package.
type Result struct {
	byCheck map[string][]*Verdict

	// Truncated says that exploration gave up on part of the package.
	Truncated bool
}

// A Verdict is one mistake with one way in which it happens.
type Verdict struct {
	Check    string
	Kind     explore.Kind
	Ops      []Op // the operations to blame, the primary one first
	Schedule []analysis.RelatedInformation
	Low      bool // right less often than nine times of ten
	Returned bool // the function that exploration started from had returned
	Client   bool // rests on how clients may use a type
	Assumes  bool // rests on what values from elsewhere hold

	// For what is blocked: where its channel, lock or WaitGroup was made,
	// whether others have served it before, and where the goroutine that
	// could do so went another way.
	Made Mention
	Met  bool
	Left token.Pos

	made    token.Pos
	subject any
	weight  int
}

// An Op is something that a goroutine does or waits to do.
type Op struct {
	Mention
	What      string
	Pos       token.Pos
	Goroutine int       // as the schedule numbers it, -1 if it isn't known
	Spawn     token.Pos // where that goroutine was started, if it isn't the entry's own
	Locks     []string  // held by it
	Nil       bool      // it waits for a nil channel

	locks []explore.Lock
}

// Of returns the verdicts that a check owns, by position. The analyzer that
// asks requires [Analyzer].
func Of(pass *analysis.Pass, check string) []*Verdict {
	return pass.ResultOf[Analyzer].(*Result).byCheck[check]
}

func run(pass *analysis.Pass) (any, error) {
	explored := pass.ResultOf[explore.Analyzer].(*explore.Result)
	result := &Result{byCheck: make(map[string][]*Verdict)}
	for _, entry := range explored.Entries {
		result.Truncated = result.Truncated || entry.OutOfBudget || entry.Truncated > 0
	}
	var verdicts []*Verdict
	s := newSpeller(pass)
	for _, f := range explored.Findings {
		if v := s.verdict(f); v != nil {
			verdicts = append(verdicts, v)
		}
	}
	for _, v := range fold(settle(pass, verdicts)) {
		result.byCheck[v.Check] = append(result.byCheck[v.Check], v)
	}
	return result, nil
}

// verdict puts a finding into the words of the source. It is nil for one
// that no check owns.
func (s *speller) verdict(f *explore.Finding) *Verdict {
	v := &Verdict{Check: owners[f.Kind], Kind: f.Kind, Low: f.Low(), Returned: f.Returned, Client: f.Client,
		Assumes: f.Foreign && f.Unknowns > 0, weight: f.Unknowns}
	if v.Check == "" {
		return nil
	}
	numbers := number(f)
	for i := range f.Ops {
		o := &f.Ops[i]
		op := Op{Mention: s.mention(o.Pos), What: o.What, Pos: o.Pos, Goroutine: -1, Nil: o.Nil, locks: o.Locks, Locks: s.lockNames(o.Locks)}
		if o.Goroutine >= 0 {
			op.Goroutine = numbers[o.Goroutine]
			if spawn := f.Goroutines[o.Goroutine].Spawn; len(spawn) > 0 {
				op.Spawn = spawn[0]
			}
		}
		v.Ops = append(v.Ops, op)
	}
	if made := f.Ops[0].Object.Pos; made.IsValid() {
		v.Made, v.made = s.mention(made), made
	}
	v.Met, v.Left = history(f)
	v.Schedule = s.schedule(f, v, numbers)
	v.subject = subjectOf(v)
	v.Low = v.Low || s.keepsStarter(v)
	return v
}

// Function returns the innermost function declaration or literal around a
// position, or nil.
func Function(pass *analysis.Pass, pos token.Pos) ast.Node {
	var found ast.Node
	for _, file := range pass.Files {
		if pos < file.FileStart || pos > file.FileEnd {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || pos < n.Pos() || pos >= n.End() {
				return false
			}
			switch n.(type) {
			case *ast.FuncDecl, *ast.FuncLit:
				found = n
			}
			return true
		})
	}
	return found
}
