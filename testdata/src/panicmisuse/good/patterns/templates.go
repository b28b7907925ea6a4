package patterns

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"html/template"
	"io"
	"io/fs"
	"regexp"
)

var files fs.FS

var base = template.Must(template.New("base").Parse(`{{define "x"}}x{{end}}`))

// Page renders with what stands in the program.
func Page(w io.Writer, data any) error {
	page := template.Must(template.New("page").Parse(`{{template "x"}}`))
	page = template.Must(page.AddParseTree("x", base.Tree))
	return page.Execute(w, data)
}

// Embedded parses what the program brings along.
func Embedded(w io.Writer) error {
	return template.Must(template.ParseFS(files, "*.html")).Execute(w, nil)
}

// Clone can't fail on a template that was never executed.
func Clone(w io.Writer) error {
	return template.Must(base.Clone()).Execute(w, nil)
}

// Defaults decodes what the program has written itself.
func Defaults() ([]*regexp.Regexp, error) {
	var patterns []string
	if err := json.Unmarshal([]byte(`["a", "b"]`), &patterns); err != nil {
		return nil, err
	}
	var list []*regexp.Regexp
	for _, p := range patterns {
		list = append(list, regexp.MustCompile(p))
	}
	return list, nil
}

// An entry is what the package has encoded itself.
type entry struct{ data []byte }

func (e *entry) bytes() []byte { return e.data }

// Apply decodes what is kept, and returns the errors of others.
func Apply(e *entry, apply func(map[string]int) error) error {
	var change map[string]int
	if err := json.Unmarshal(e.bytes(), &change); err != nil {
		panic(err)
	}
	return apply(change)
}

// Constraint parses what it has put together.
func Constraint(n int) (ast.Expr, error) {
	source := fmt.Sprintf("x < %d", n)
	expr, err := parser.ParseExpr(source)
	if err != nil {
		panic(err)
	}
	if n < 0 {
		return nil, fmt.Errorf("negative: %d", n)
	}
	return expr, nil
}
