package gclplugin

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// names returns the checks that a linter runs, or the error.
func names(settings any) string {
	made, err := newSuite(settings)
	if err != nil {
		return "error: " + err.Error()
	}
	var list []string
	for _, check := range made.(linter).checks {
		list = append(list, check.Name())
	}
	return strings.Join(list, " ")
}

func TestSettings(t *testing.T) {
	type object = map[string]any
	for _, test := range []struct {
		settings any
		want     string
	}{
		{object{"only": []any{"mapguard", "chanleak"}}, "mapguard chanleak"},
		{object{"groups": []any{"defers"}}, "deferargs deferloop"},
		{object{"groups": "defers", "disable": []any{"deferloop"}, "explore": "quick"}, "deferargs"},
		{object{"only": "shutdown", "settings": object{"shutdown": object{"endless": false}}}, "shutdown"},

		{object{"enabel": []any{"hot"}}, "error: no key named enabel (did you mean enable?); there are enable, disable, only, groups, as-of, settings, explore"},
		{object{"severity": object{"races": "info"}}, "error: no key named severity; there are enable, disable, only, groups, as-of, settings, explore"},
		{object{"disable": []any{"mapgard"}}, `error: disable: "mapgard": no such check or group (did you mean mapguard?); goconclint list shows them`},
		{object{"only": []any{"mapgard"}}, "error: only: no check named mapgard (did you mean mapguard?)"},
		{object{"disable": []any{"copylocks"}}, "error: disable: copylocks is a check of golangci-lint's linter govet: set it there"},
		{object{"enable": []any{"copylocks"}}, "error: enable: copylocks is a check of golangci-lint's linter govet: set it there"},
		{object{"settings": object{"hotalloc": object{"lops": true}}}, "error: settings: no such flag of a check: hotalloc.lops (did you mean hotalloc.loops?)"},
		{object{"settings": object{"hotalloc": object{"loops": "perhaps"}}}, `error: settings: "perhaps": parse error`},
		{object{"settings": object{"directive": object{"marks": true}}}, "error: settings: no such flag of a check: directive.marks (did you mean directive?)"},
		{object{"as-of": "yesterday"}, `error: as-of: "yesterday": want a version such as v0.1.0`},
		{object{"explore": "slowly"}, "error: explore: want quick, default or thorough"},
		{[]any{"mapguard"}, "error: want keys and values"},
	} {
		if got := names(test.settings); got != test.want {
			t.Errorf("%v:\ngot  %s\nwant %s", test.settings, got, test.want)
		}
	}
}

// TestDefaults: without settings the checks that are on run, less those that
// govet runs.
func TestDefaults(t *testing.T) {
	var want []string
	for _, check := range suite.All() {
		if check.Default && !check.Bundled {
			want = append(want, check.Name())
		}
	}
	if got := names(nil); got != strings.Join(want, " ") {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestRegistered: each check of ours is a linter, too, but for the one whose
// name is taken, and each is a valid analyzer.
func TestRegistered(t *testing.T) {
	for _, name := range append(directive.Names(), directive.Everyone) {
		construct, err := register.GetPlugin(name)
		check, _ := suite.Named(name)
		if registered := err == nil; registered != (name != builtIn && !check.Bundled) {
			t.Errorf("%s is registered: %v", name, registered)
		}
		if err != nil {
			continue
		}
		plugin, err := construct(nil)
		if err != nil {
			t.Fatal(err)
		}
		analyzers, err := plugin.BuildAnalyzers()
		if err != nil || len(analyzers) != 1 || analyzers[0].Name != name || plugin.GetLoadMode() != register.LoadModeTypesInfo {
			t.Errorf("%s: %v, %v", name, analyzers, err)
		}
		if err := analysis.Validate(analyzers); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := newSingle(suite.All()[0])(map[string]any{"lops": 1}); err == nil {
		t.Error("a setting that a check doesn't have is accepted")
	}
}

// TestNoFacts: the linter's pass serves no facts, so its checks may have none
// of their own.
func TestNoFacts(t *testing.T) {
	for _, check := range own() {
		if len(check.Analyzer.FactTypes) > 0 {
			t.Errorf("%s has facts", check.Name())
		}
	}
}

// file adds a file of 100 lines, ten bytes each, to a file set.
func file(fset *token.FileSet, name string) *token.File {
	f := fset.AddFile(name, -1, 1000)
	for line := 1; line < 100; line++ {
		f.AddLine(line * 10)
	}
	return f
}

func TestWords(t *testing.T) {
	fset := token.NewFileSet()
	f := file(fset, "/nowhere/pool.go")
	related := func(messages ...string) []analysis.RelatedInformation {
		var list []analysis.RelatedInformation
		for i, message := range messages {
			list = append(list, analysis.RelatedInformation{Pos: f.LineStart(i + 1), Message: message})
		}
		return list
	}
	var long []string
	for range 14 {
		long = append(long, "g0: send `c`")
	}
	for _, test := range []struct {
		category string
		related  []analysis.RelatedInformation
		want     string
	}{
		{"mapguard", nil, "mapguard: m"},
		{"", nil, "mapguard: m"},
		{"mapguard/copy", related("read here"), "mapguard/copy: m [read here, pool.go:1]"},
		{"directive", related("made here", "set here"), "directive: m [made here, pool.go:1; set here, pool.go:2]"},
		{"mapguard", related("g0: go -> g1", "g1: send `c`"), "mapguard: m [goroutine 0 starts func:1, pool.go:1; func:1 sends on c, pool.go:2]"},
		{"mapguard", related(long...), "mapguard: m […; " + strings.Join(sends(5, 14), "; ") + "]"},
	} {
		d := analysis.Diagnostic{Pos: f.LineStart(9), Category: test.category, Message: "m", Related: test.related}
		got := linter{name: "goconclint"}.worded(fset, "mapguard", d)
		if got.Message != test.want || got.Related != nil {
			t.Errorf("got  %s, %v\nwant %s", got.Message, got.Related, test.want)
		}
	}
	d := analysis.Diagnostic{Pos: f.LineStart(9), Category: "mapguard", Message: "m"}
	if got := (linter{name: "mapguard"}).worded(fset, "mapguard", d); got.Message != "m" {
		t.Errorf("the linter's own name is in front of %q", got.Message)
	}
}

func sends(from, to int) []string {
	var list []string
	for line := from; line <= to; line++ {
		list = append(list, fmt.Sprintf("goroutine 0 sends on c, pool.go:%d", line))
	}
	return list
}

func TestFixes(t *testing.T) {
	fset := token.NewFileSet()
	here, there := file(fset, "here.go"), file(fset, "there.go")
	edit := func(f *token.File, from, to int, text string) analysis.TextEdit {
		return analysis.TextEdit{Pos: f.Pos(from), End: f.Pos(to), NewText: []byte(text)}
	}
	fix := func(name string, edits ...analysis.TextEdit) analysis.SuggestedFix {
		return analysis.SuggestedFix{Message: name, TextEdits: edits}
	}
	chooser := fixes{fset: fset}
	for _, test := range []struct {
		fixes []analysis.SuggestedFix
		want  string
	}{
		{nil, ""},
		{[]analysis.SuggestedFix{fix("one", edit(here, 10, 20, "x")), fix("other", edit(here, 30, 40, "x"))}, "one"},
		{[]analysis.SuggestedFix{fix("elsewhere", edit(here, 50, 60, "x"), edit(there, 1, 2, "x")), fix("here", edit(here, 50, 60, "x"))}, "here"},
		{[]analysis.SuggestedFix{fix("overlaps", edit(here, 15, 25, "x"))}, ""},
		{[]analysis.SuggestedFix{fix("same deletion", edit(here, 10, 20, "x"))}, "same deletion"},
		{[]analysis.SuggestedFix{fix("other text", edit(here, 10, 20, "y"))}, ""},
		{[]analysis.SuggestedFix{fix("inserts", edit(here, 70, 70, "x"))}, "inserts"},
		{[]analysis.SuggestedFix{fix("inserts again", edit(here, 70, 70, "x"))}, ""},
	} {
		var got []string
		for _, chosen := range chooser.choose(analysis.Diagnostic{Pos: here.Pos(5), SuggestedFixes: test.fixes}) {
			got = append(got, chosen.Message)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%v: got %q, want %q", slices.Collect(messages(test.fixes)), got, test.want)
		}
	}
}

func messages(fixes []analysis.SuggestedFix) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, fix := range fixes {
			if !yield(fix.Message) {
				return
			}
		}
	}
}
