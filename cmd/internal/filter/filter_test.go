package filter

import (
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/suite"
)

func at(check, file string) finding.Finding {
	return finding.Finding{Check: check, Severity: finding.Error, Range: finding.Range{Start: finding.Position{File: file}}}
}

func TestPaths(t *testing.T) {
	findings := []finding.Finding{
		at("mapguard", "/m/a.go"),
		at("mapguard", "/m/internal/gen/x.go"),
		at("deferloop", "/m/internal/gen/deep/y.go"),
		at("mapguard", "/m/internal/b_test.go"),
		at("datarace", "/m/b.go"),
	}
	for _, test := range []struct{ rules, want string }{
		{"", "a.go x.go y.go b_test.go b.go"},
		{"internal/gen/**:disable=all", "a.go b_test.go b.go"},
		{"internal/gen:disable=all", "a.go b_test.go b.go"},
		{"internal/gen/*:disable=all", "a.go b_test.go b.go"},
		{"**/*_test.go:disable=mapguard", "a.go x.go y.go b.go"},
		{"**/*.go:disable=races", "y.go"},
		{"?.go:disable=mapguard,datarace", "x.go y.go b_test.go"},
		{"/m/internal/**/y.go:disable=defers a.go:disable=mapguard", "x.go b_test.go b.go"},
		{"*.go:severity=races=info", "a.go! x.go y.go b_test.go b.go!"},
		{"**:severity=deferloop=warning", "a.go x.go y.go! b_test.go b.go"},
	} {
		paths := NewPaths(suite.All(), "/m")
		for rule := range strings.FieldsSeq(test.rules) {
			if err := paths.Set(rule); err != nil {
				t.Fatal(err)
			}
		}
		var left []string
		for _, f := range paths.Apply(findings) {
			name := f.Range.Start.File[strings.LastIndexByte(f.Range.Start.File, '/')+1:]
			if f.Severity != finding.Error {
				name += "!"
			}
			left = append(left, name)
		}
		if got := strings.Join(left, " "); got != test.want {
			t.Errorf("%s leaves %s, want %s", test.rules, got, test.want)
		}
	}
}

func TestWrongRules(t *testing.T) {
	for rule, want := range map[string]string{
		"x":                        "want GLOB:disable=",
		"x:disable=mapgard":        "no check or group named mapgard (did you mean mapguard?)",
		"x:severity=mapguard":      "want NAME=error|warning|info",
		"x:severity=mapguard=high": "want NAME=error|warning|info",
	} {
		if err := NewPaths(suite.All(), "/").Set(rule); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", rule, err, want)
		}
	}
}

func TestSeverities(t *testing.T) {
	s := NewSeverities(suite.All())
	for _, said := range []string{"races=info", "mapguard=warning"} {
		if err := s.Set(said); err != nil {
			t.Fatal(err)
		}
	}
	low := at("lockorder", "")
	low.Low = true
	findings := []finding.Finding{at("datarace", ""), at("mapguard", ""), at("lockorder", ""), low, at("hotpointer", ""), at("foreign", "")}
	for i := range findings {
		findings[i].Severity = ""
	}
	s.Apply(findings)
	for i, want := range []finding.Severity{finding.Info, finding.Warning, finding.Error, finding.Warning, finding.Info, finding.Warning} {
		if findings[i].Severity != want {
			t.Errorf("%s is of severity %s, want %s", findings[i].Check, findings[i].Severity, want)
		}
	}
}
