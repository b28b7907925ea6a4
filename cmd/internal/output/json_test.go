package output

import (
	"bytes"
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

// TestJSONIsValid holds what we write, and the example in docs/json.md, to the
// schema for readers. It lets fields be added; here each must be in it.
func TestJSONIsValid(t *testing.T) {
	schema := schemaOf(t, "../../../docs/json.schema.json")
	base, report := example(t)
	detailed := report
	detailed.Details = true
	for _, r := range []Report{report, detailed, {Tool: report.Tool, Interrupted: true, Omitted: 3}} {
		var out bytes.Buffer
		if err := JSON(&out, base, r); err != nil {
			t.Fatal(err)
		}
		validate(t, schema, out.Bytes())
	}
	page, err := os.ReadFile("../../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	_, document, _ := strings.Cut(string(page), "```json\n")
	document, _, _ = strings.Cut(document, "```")
	validate(t, schema, []byte(document))
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
