package config

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// TestSchema shows editors the same file as a run: the schema takes what is
// read, and refuses what isn't.
func TestSchema(t *testing.T) {
	var out bytes.Buffer
	if err := WriteSchema(&out); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(Name, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(Name) // which holds it to the schema of schemas
	if err != nil {
		t.Fatal(err)
	}
	takes := func(content string) error {
		var value any
		if err := yaml.Unmarshal([]byte(content), &value); err != nil {
			return err
		}
		return schema.Validate(value)
	}

	var examples strings.Builder
	for _, k := range Keys() {
		fmt.Fprintf(&examples, "%s: %s\n", k.Name, k.Example)
	}
	for _, content := range []string{examples.String(), "enable: mapguard", "paths: [{path: x, severity: {races: info}}]", "settings: {copyheavy: {size: 64}}"} {
		if err := takes(content); err != nil {
			t.Errorf("%s\n%v", content, err)
		}
	}
	for _, content := range []string{"enabel: [x]", "enable: {a: b}", "tests: perhaps", "paths: {path: x}", "paths: [{disable: [all]}]",
		"paths: [{path: x, disabled: [all]}]", "settings: {unsafeshare: [x]}", "- enable", "severity: {races: bad}", "fail-on: error", "max: -1"} {
		if takes(content) == nil {
			t.Errorf("the schema takes %s", content)
		}
	}
}
