package hotpointer

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

// Analyzer reports pointer-heavy data on hot paths.
var Analyzer = newAnalyzer()

// checker holds the analyzer's flags.
type checker struct {
	loops bool // loops of benchmarks and handlers are hot, too
}

func newAnalyzer() *analysis.Analyzer {
	c := new(checker)
	a := &analysis.Analyzer{
		Name:     "hotpointer",
		Doc:      doc.Must(source, "hotpointer"),
		URL:      doc.URL("hotpointer"),
		Requires: []*analysis.Analyzer{report.Requires, program.Analyzer, hotness.Analyzer},
		Run:      c.run,
	}
	hotness.AddLoopsFlag(a, &c.loops)
	hotness.AddProfileFlag(a)
	return a
}

// run asks which code is hot, collects the spots in it at which a pointer
// costs something, and reports those at which the package shows that a value
// would do. Most packages hold no hot code and are left after a look at their
// comments.
func (c *checker) run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	prog, _ := pass.ResultOf[program.Analyzer].(*program.Program)
	heat := hotness.Of(pass)
	regions := heat.Regions(c.loops)
	if len(regions) > 0 && !usesC(pass) {
		j := newJudge(pass, prog, heat)
		for _, finding := range j.findings(regions) {
			finding.Message += heat.Price(finding.Range)
			reporter.Add(finding)
		}
	}
	if !c.loops && heat.SilencesLoops(pass) {
		reporter.Truncate()
	}
	reporter.Flush()
	return nil, nil
}

// usesC reports whether the package is joined to C code, which may hold its
// pointers.
func usesC(pass *analysis.Pass) bool {
	for _, file := range pass.Files {
		for _, spec := range file.Imports {
			if spec.Path.Value == `"C"` || spec.Path.Value == `"runtime/cgo"` {
				return true
			}
		}
	}
	return false
}
