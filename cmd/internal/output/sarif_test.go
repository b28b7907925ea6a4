package output

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/suite"
)

// schemaOf compiles a JSON schema, so that formats such as "uri" are checked
// too, and properties that aren't in it are mistakes.
func schemaOf(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	closed(document)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(path, document); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile(path)
}

// closed lets no object in a schema have other properties than it names.
func closed(schema any) {
	switch s := schema.(type) {
	case map[string]any:
		if s["type"] == "object" && s["properties"] != nil && s["additionalProperties"] == nil {
			s["additionalProperties"] = false
		}
		for _, part := range s {
			closed(part)
		}
	case []any:
		for _, part := range s {
			closed(part)
		}
	}
}

// validate checks a document against a schema.
func validate(t *testing.T, schema *jsonschema.Schema, document []byte) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%v\nin %s", err, document)
	}
}

// TestSARIFIsValid holds what we write to the schema that OASIS publishes
// with the standard, errata included, and to what a schema can't say. One of
// the reports has a finding of every check.
func TestSARIFIsValid(t *testing.T) {
	schema := schemaOf(t, "testdata/sarif-schema-2.1.0.json")
	base, report := example(t)
	everyRule := Report{Tool: report.Tool, Files: report.Files}
	for _, check := range suite.All() {
		everyRule.Findings = append(everyRule.Findings, finding.Finding{Check: check.Name(), Message: "m", Range: report.Findings[0].Range})
	}
	for _, r := range []Report{report, everyRule, {Tool: report.Tool, Files: report.Files}, {Tool: report.Tool, Interrupted: true, Omitted: 3, Files: report.Files}} {
		var out bytes.Buffer
		if err := SARIF(&out, base, r); err != nil {
			t.Fatal(err)
		}
		validate(t, schema, out.Bytes())
		checkReferences(t, out.Bytes())
	}
}

// checkReferences checks that what points at something finds it, and that
// rules say what they are about.
func checkReferences(t *testing.T, out []byte) {
	var log sarifLog
	if err := json.Unmarshal(out, &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	for i, rule := range run.Tool.Driver.Rules {
		if rule.Name == rule.ID {
			t.Errorf("rule %d is named like its ID", i)
		}
		if rule.ShortDescription.Text == "" || rule.Help.Text == "" || rule.Help.Markdown == "" || rule.HelpURI == "" {
			t.Errorf("rule %s has no help: %+v", rule.ID, rule)
		}
	}
	for i, result := range run.Results {
		if rule := run.Tool.Driver.Rules[result.RuleIndex]; rule.ID != result.RuleID {
			t.Errorf("result %d of %s points at the rule %s", i, result.RuleID, rule.ID)
		}
		for j, related := range result.Related {
			if related.ID != j+1 {
				t.Errorf("result %d: related location %d has ID %d", i, j, related.ID)
			}
		}
	}
}
