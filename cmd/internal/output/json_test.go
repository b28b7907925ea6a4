package output

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestDocumented holds docs/json.md to the types: each field is in it, and
// its example is such a document.
func TestDocumented(t *testing.T) {
	content, err := os.ReadFile("../../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(content)
	for _, field := range fields(reflect.TypeFor[jsonDocument]()) {
		if field != "name" && field != "go" && !strings.Contains(page, "`"+field+"`") { // those two are the tool's
			t.Errorf("docs/json.md doesn't describe %s", field)
		}
	}

	_, example, _ := strings.Cut(page, "```json\n")
	example, _, _ = strings.Cut(example, "```")
	decoder := json.NewDecoder(strings.NewReader(example))
	decoder.DisallowUnknownFields()
	var document jsonDocument
	if err := decoder.Decode(&document); err != nil {
		t.Errorf("the example in docs/json.md: %v", err)
	}
	if document.Version != jsonVersion || len(document.Findings) == 0 {
		t.Errorf("the example in docs/json.md holds %+v", document)
	}
}

// fields returns the names of a type's fields in JSON, those of nested types
// included.
func fields(t reflect.Type) []string {
	switch t.Kind() {
	case reflect.Slice:
		return fields(t.Elem())
	case reflect.Struct:
		var names []string
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				names = append(names, name)
			}
			names = append(names, fields(f.Type)...)
		}
		return names
	}
	return nil
}
