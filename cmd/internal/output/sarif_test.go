package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestSARIFIsValid holds what we write to the rules of the standard's schema
// for the objects that are in it, unknown properties included.
func TestSARIFIsValid(t *testing.T) {
	base, report := example(t)
	for _, r := range []Report{report, {Tool: report.Tool, Files: report.Files}, {Interrupted: true, Omitted: 3, Files: report.Files}} {
		var out bytes.Buffer
		if err := SARIF(&out, base, r); err != nil {
			t.Fatal(err)
		}
		var document any
		if err := json.Unmarshal(out.Bytes(), &document); err != nil {
			t.Fatal(err)
		}
		for _, mistake := range violations("log", document, "") {
			t.Error(mistake)
		}
		checkReferences(t, out.Bytes())
	}
}

// checkReferences checks what a schema can't say.
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

// schema is the part of the standard's schema that our document touches: for
// each object its properties, with "!" behind those that are required, and
// for each the kind of its value. "[…]" is an array, "[…+]" one that isn't
// empty.
var schema = map[string]map[string]string{
	"log":            {"$schema": "uri", "version!": "=2.1.0", "runs!": "[run]"},
	"run":            {"tool!": "tool", "invocations": "[invocation]", "columnKind": "=utf16CodeUnits|unicodeCodePoints", "results": "[result]"},
	"tool":           {"driver!": "toolComponent"},
	"toolComponent":  {"name!": "string", "version": "string", "informationUri": "uri", "rules": "[rule]"},
	"rule":           {"id!": "string", "name": "string", "shortDescription": "text", "fullDescription": "text", "help": "text", "helpUri": "uri", "defaultConfiguration": "configuration", "properties": "any"},
	"configuration":  {"level": "=none|note|warning|error"},
	"text":           {"text!": "string", "markdown": "string"},
	"message":        {"text!": "string"},
	"invocation":     {"executionSuccessful!": "bool", "toolExecutionNotifications": "[notification]"},
	"notification":   {"level": "=none|note|warning|error", "message!": "message", "locations": "[location]"},
	"result":         {"ruleId": "string", "ruleIndex": "index", "level": "=none|note|warning|error", "message!": "message", "locations": "[location]", "relatedLocations": "[location]", "codeFlows": "[codeFlow]", "partialFingerprints": "strings", "suppressions": "[suppression]", "fixes": "[fix]", "properties": "any"},
	"location":       {"id": "index", "physicalLocation": "physical", "message": "message"},
	"physical":       {"artifactLocation!": "artifact", "region": "region"},
	"artifact":       {"uri": "uri"},
	"region":         {"startLine": "from1", "startColumn": "from1", "endLine": "from1", "endColumn": "from1"},
	"codeFlow":       {"threadFlows!": "[threadFlow+]"},
	"threadFlow":     {"id": "string", "message": "message", "locations!": "[threadFlowStep+]"},
	"threadFlowStep": {"executionOrder": "index", "importance": "=important|essential|unimportant", "location": "location"},
	"suppression":    {"kind!": "=inSource|external", "justification": "string"},
	"fix":            {"description": "message", "artifactChanges!": "[change+]"},
	"change":         {"artifactLocation!": "artifact", "replacements!": "[replacement+]"},
	"replacement":    {"deletedRegion!": "region", "insertedContent": "content"},
	"content":        {"text": "string"},
}

// violations returns how a value isn't of the kind.
func violations(kind string, value any, at string) []string {
	wrong := func(want string) []string { return []string{fmt.Sprintf("%s is %v, want %s", at, value, want)} }
	if words, ok := strings.CutPrefix(kind, "="); ok {
		if s, ok := value.(string); !ok || !slices.Contains(strings.Split(words, "|"), s) {
			return wrong(words)
		}
		return nil
	}
	if element, ok := strings.CutPrefix(kind, "["); ok {
		return arrayViolations(strings.TrimSuffix(element, "]"), value, at)
	}
	if properties, ok := schema[kind]; ok {
		return objectViolations(kind, properties, value, at)
	}
	number, isNumber := value.(float64)
	text, isText := value.(string)
	_, isBool := value.(bool)
	object, isObject := value.(map[string]any)
	ok := false
	switch kind {
	case "any":
		ok = isObject
	case "string":
		ok = isText
	case "bool":
		ok = isBool
	case "index":
		ok = isNumber && number >= 0 && number == float64(int(number))
	case "from1":
		ok = isNumber && number >= 1 && number == float64(int(number))
	case "strings":
		ok = isObject
		for _, v := range object {
			_, isText := v.(string)
			ok = ok && isText
		}
	case "uri":
		_, err := url.Parse(text)
		ok = isText && err == nil && text != "" && !strings.ContainsAny(text, " \\\"<>")
	}
	if !ok {
		return wrong(kind)
	}
	return nil
}

func arrayViolations(element string, value any, at string) []string {
	list, ok := value.([]any)
	if !ok {
		return []string{fmt.Sprintf("%s is no array", at)}
	}
	element, needed := strings.CutSuffix(element, "+")
	if needed && len(list) == 0 {
		return []string{fmt.Sprintf("%s is empty", at)}
	}
	var found []string
	for i, v := range list {
		found = append(found, violations(element, v, fmt.Sprintf("%s[%d]", at, i))...)
	}
	return found
}

func objectViolations(kind string, properties map[string]string, value any, at string) []string {
	object, ok := value.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s is no object", at)}
	}
	var found []string
	for name, v := range object {
		property, known := properties[name]
		if !known {
			property, known = properties[name+"!"]
		}
		if !known {
			found = append(found, fmt.Sprintf("%s: %s has no property %s", at, kind, name))
			continue
		}
		found = append(found, violations(property, v, at+"/"+name)...)
	}
	for name := range properties {
		name, required := strings.CutSuffix(name, "!")
		if _, there := object[name]; required && !there {
			found = append(found, fmt.Sprintf("%s: %s lacks %s", at, kind, name))
		}
	}
	return found
}
