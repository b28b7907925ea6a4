package directive

import (
	_ "embed"
	"fmt"
	"go/ast"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
)

//go:embed doc.go
var source string

// Name is the name of the analyzer, also the category of findings about
// suppression comments wherever they are made.
const Name = "directive"

// Analyzer judges suppression comments and serves their [Index] to all checks.
var Analyzer = newAnalyzer()

// checker holds the analyzer's flags.
type checker struct {
	marks  bool // emit findings that are normally hidden, marked
	unused bool // let checks report comments that silence nothing
}

func newAnalyzer() *analysis.Analyzer {
	c := new(checker)
	a := &analysis.Analyzer{
		Name:       Name,
		Doc:        doc.Must(source, Name),
		URL:        doc.URL(Name),
		ResultType: reflect.TypeFor[*Index](),
		Run:        c.run,
	}
	a.Flags.BoolVar(&c.marks, "marks", false, "for drivers: also emit findings that are normally hidden, marked in their category")
	a.Flags.BoolVar(&c.unused, "unused", true, "report comments that silence nothing")
	return a
}

func (c *checker) run(pass *analysis.Pass) (any, error) {
	index := newIndex(pass.Fset, pass.Files)
	index.marks, index.unused = c.marks, c.unused
	for _, file := range pass.Files {
		if ast.IsGenerated(file) {
			continue
		}
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if c, ok := Parse(comment.Text); ok {
					judge(pass, comment, c)
				}
			}
		}
	}
	return index, nil
}

// judge reports what is wrong with one comment taken by itself. Whether it
// silences anything is for the checks that it names to say.
func judge(pass *analysis.Pass, comment *ast.Comment, c Comment) {
	report := func(format string, args ...any) {
		pass.Report(analysis.Diagnostic{
			Pos: comment.Pos(), End: comment.End(),
			Category: Name, URL: doc.URL(Name),
			Message: fmt.Sprintf(format, args...),
		})
	}
	switch c.Verb {
	case Unknown:
		report("//goconclint:%s is no directive (there are ignore, file-ignore and hot)", c.Word)
		return
	case Hot:
		return
	}
	if len(c.Names) == 0 {
		report("comment names no check: write //goconclint:ignore NAME reason")
		return
	}
	for _, name := range c.Names {
		if name != Everyone && !Known(name) {
			report("comment names %s, which is no check of goconclint%s", name, suggestion(name))
			return
		}
	}
	if c.Reason == "" {
		report("comment silences %s without a reason, so it has no effect: say why behind the name", strings.Join(c.Names, ", "))
	}
}

// suggestion offers the known name that starts alike, if there is one.
func suggestion(name string) string {
	for _, known := range names {
		if n := min(4, len(name)); n >= 3 && strings.HasPrefix(known, strings.ToLower(name[:n])) {
			return " (did you mean " + known + "?)"
		}
	}
	return ""
}
