package patterns

import (
	"encoding/json"
	"html/template"
	"io"
	"net/http"
	"os"
	"regexp"
)

// Page renders a file of the user's.
func Page(w io.Writer, path string) error {
	page := template.Must(template.ParseFiles(path)) // want `template.Must in Page, which returns error: callers crash when template.ParseFiles fails`
	return page.Execute(w, nil)
}

// Inline renders text of the user's.
func Inline(w io.Writer, text string) error {
	page := template.Must(template.New("inline").Parse(text)) // want `template.Must in Inline, which returns error`
	return page.Execute(w, nil)
}

// ReadFile compiles the patterns of a file.
func ReadFile(path string) ([]*regexp.Regexp, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var patterns []string
	if err := json.Unmarshal(data, &patterns); err != nil {
		return nil, err
	}
	var list []*regexp.Regexp
	for _, p := range patterns {
		list = append(list, regexp.MustCompile("^"+p+"$")) // want `regexp.MustCompile panics when`
	}
	return list, nil
}

// Search takes its query from the body of a request.
func Search(w http.ResponseWriter, r *http.Request) {
	var query struct{ Pattern string }
	if err := json.NewDecoder(r.Body).Decode(&query); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if regexp.MustCompile(query.Pattern).MatchString("x") { // want `regexp.MustCompile panics when query.Pattern, known at run time only, is malformed`
		w.WriteHeader(http.StatusNoContent)
	}
}
