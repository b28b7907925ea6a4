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
		if !ast.IsGenerated(file) {
			judgeFile(pass, file)
		}
	}
	return index, nil
}

func judgeFile(pass *analysis.Pass, file *ast.File) {
	var marked map[*ast.CommentGroup]bool // found lazily: few files hold a mark
	for _, group := range file.Comments {
		for _, comment := range group.List {
			c, ok := Parse(comment.Text)
			switch {
			case !ok:
				judgeProse(pass, comment)
				continue
			case c.Verb == Hot && marked == nil:
				marked = functionDocs(file)
			}
			judge(pass, comment, c)
			if c.Verb == Hot && !marked[group] {
				complain(pass, comment, "//goconclint:hot marks no function: it belongs in the comment above one with a body")
			}
		}
	}
}

// judgeProse reports a comment that would be a directive but for the space
// behind its slashes, which makes it prose for Go's tools and for us.
func judgeProse(pass *analysis.Pass, comment *ast.Comment) {
	body, ok := strings.CutPrefix(comment.Text, "//")
	if !ok || !strings.HasPrefix(strings.TrimLeft(body, " \t"), ownPrefix) {
		return
	}
	body = strings.TrimLeft(body, " \t")
	if c, ok := Parse("//" + body); ok && c.Verb != Unknown {
		complain(pass, comment, "comment has a space before goconclint:%s, so it has no effect: directives have none", c.Word)
	}
}

// functionDocs returns the comments above functions that have a body: the
// only places where a hot mark says something.
func functionDocs(file *ast.File) map[*ast.CommentGroup]bool {
	docs := make(map[*ast.CommentGroup]bool)
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok && decl.Doc != nil && decl.Body != nil {
			docs[decl.Doc] = true
		}
	}
	return docs
}

// judge reports what is wrong with one comment taken by itself. Whether it
// silences anything is for the checks that it names to say.
func judge(pass *analysis.Pass, comment *ast.Comment, c Comment) {
	report := func(format string, args ...any) { complain(pass, comment, format, args...) }
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
		if name != Everyone && !Known(name) && !(c.Shared && name == vet) {
			report("comment names %s, which is no check of goconclint%s", name, DidYouMean(name, names))
			return
		}
	}
	if c.Reason == "" && c.IsOurs() { // of others, a check that has something to silence complains
		report("comment silences %s without a reason, so it has no effect: say why behind the name", strings.Join(c.Names, ", "))
	}
}

func complain(pass *analysis.Pass, comment *ast.Comment, format string, args ...any) {
	pass.Report(analysis.Diagnostic{
		Pos: comment.Pos(), End: comment.End(),
		Category: Name, URL: doc.URL(Name),
		Message: fmt.Sprintf(format, args...),
	})
}
