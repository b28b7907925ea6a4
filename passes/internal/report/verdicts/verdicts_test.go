package verdicts

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/report"
)

const program = `package p

var m = map[string]int{}
var n int

func write() {
	m["a"] = 1
	n = 2
}

func read() int {
	_ = n
	return m["a"]
}

func drain(c chan int) {
	for range c {
	}
}
`

// newPass type-checks the program.
func newPass(t *testing.T) *analysis.Pass {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", program, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.Default()}
	pkg, err := config.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}
}

// at returns the position of a text on a line.
func at(t *testing.T, pass *analysis.Pass, line int, text string) token.Pos {
	t.Helper()
	column := strings.Index(strings.Split(program, "\n")[line-1], text)
	if column < 0 {
		t.Fatalf("no %q on line %d", text, line)
	}
	return pass.Fset.File(pass.Files[0].Pos()).LineStart(line) + token.Pos(column)
}

// race is a finding on two places, by the entry and a goroutine of its own.
func race(kind explore.Kind, first, second token.Pos) *explore.Finding {
	return &explore.Finding{
		Kind:       kind,
		Ops:        []explore.Operation{{Goroutine: 0, What: "write", Pos: first}, {Goroutine: 1, What: "read", Pos: second}},
		Goroutines: []explore.Goroutine{{Parent: -1}, {Parent: 0, Spawn: []token.Pos{first}}},
	}
}

func served(t *testing.T, pass *analysis.Pass, findings ...*explore.Finding) *Result {
	t.Helper()
	pass.ResultOf = map[*analysis.Analyzer]any{explore.Analyzer: &explore.Result{Findings: findings}}
	result, err := run(pass)
	if err != nil {
		t.Fatal(err)
	}
	pass.ResultOf[Analyzer] = result
	return result.(*Result)
}

// Each kind of finding goes to one check: DECISIONS 14's pairs among them.
func TestOwners(t *testing.T) {
	pass := newPass(t)
	element, variable := at(t, pass, 7, "["), at(t, pass, 8, "n")
	tests := []struct {
		finding *explore.Finding
		owner   string
	}{
		{race(explore.KindMapRace, element, at(t, pass, 13, "[")), "mapguard"},
		{race(explore.KindRace, variable, at(t, pass, 12, "n")), "datarace"},
		{race(explore.KindSyncRace, variable, at(t, pass, 12, "n")), "waitmisuse"},
		{race(explore.KindNeverClose, at(t, pass, 17, "for"), element), "neverclosed"},
		{race(explore.KindRelock, element, variable), "relock"},
		{race(explore.KindLockOrder, element, variable), "lockorder"},
		{race(explore.KindLockBlock, element, variable), "lockblocked"},
	}
	for _, test := range tests {
		result := served(t, pass, test.finding)
		for check, list := range result.byCheck {
			if check != test.owner || len(list) != 1 {
				t.Errorf("%s goes to %s (%d), want %s", test.finding.Kind, check, len(list), test.owner)
			}
		}
		if len(result.byCheck) != 1 {
			t.Errorf("%s goes to %d checks", test.finding.Kind, len(result.byCheck))
		}
	}
}

// Two findings with one root cause make one verdict, the surer.
func TestFold(t *testing.T) {
	pass := newPass(t)
	sure := race(explore.KindRace, at(t, pass, 8, "n"), at(t, pass, 12, "n"))
	doubtful := race(explore.KindRace, at(t, pass, 8, "n"), at(t, pass, 12, "n"))
	doubtful.Unknowns = 3
	list := served(t, pass, doubtful, sure).byCheck["datarace"]
	if len(list) != 1 || list[0].weight != 0 {
		t.Errorf("got %d verdicts, want the sure one", len(list))
	}
}

// A finding that a verdict explains keeps its words and gets the schedule;
// the verdict doesn't speak again. One that it doesn't explain stays.
func TestExplains(t *testing.T) {
	pass := newPass(t)
	served(t, pass, race(explore.KindMapRace, at(t, pass, 7, "["), at(t, pass, 13, "[")))
	v := Of(pass, "mapguard")[0]
	span := func(line int) report.Span { return report.Span{From: at(t, pass, line, ""), To: at(t, pass, line, "")} }
	both := report.Finding{Range: span(7), Related: []analysis.RelatedInformation{{Pos: at(t, pass, 13, "")}}}
	if !v.explains(pass, &both) {
		t.Error("the finding on both accesses isn't explained")
	}
	one := report.Finding{Range: span(7)}
	if v.explains(pass, &one) {
		t.Error("a finding on one of the accesses is explained")
	}
	if !Shown(pass, &one, "mapguard") || Shown(pass, &one, "datarace") {
		t.Error("the access isn't shown by mapguard alone")
	}
}

func TestRaceWording(t *testing.T) {
	pass := newPass(t)
	served(t, pass, race(explore.KindMapRace, at(t, pass, 7, "["), at(t, pass, 13, "[")))
	f := WordRace(pass, Of(pass, "mapguard")[0], "map ")
	if want := "map m is written here while the goroutine started at p.go:7 reads it at p.go:13 (no common lock)"; f.Message != want {
		t.Errorf("got %q, want %q", f.Message, want)
	}
}

// Goroutines are numbered as a reader meets them.
func TestNumber(t *testing.T) {
	f := &explore.Finding{
		Goroutines: []explore.Goroutine{{Parent: 1, Spawn: []token.Pos{1}}, {Parent: -1}, {Parent: 1, Spawn: []token.Pos{2}}},
		Steps:      []explore.Step{{What: "go", Other: 2}, {What: "go", Other: 0}},
	}
	if got := number(f); !slices.Equal(got, []int{2, 0, 1}) {
		t.Errorf("got %v", got)
	}
}
