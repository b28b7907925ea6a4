package patterns

import (
	"encoding/json"
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
