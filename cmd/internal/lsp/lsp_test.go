package lsp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

// wrong is a package with one mistake that has a fix. The comment in front of
// it holds characters of two and of one UTF-16 units.
const wrong = `-- go.mod --
module example.com/m

go 1.26
-- rows/rows.go --
package rows

import "log"

func Write(list []string) {
	count := 0
	/* 𝔘é界 */ defer log.Print("rows: ", count)
	for range list {
		count++
	}
}
-- other/other.go --
package other

func Nothing() {}
`

func TestDiagnostics(t *testing.T) {
	dir := moduletest.New(t, wrong)
	c := start(t, options(t), dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	list := c.Diagnostics(path)
	if lsptest.Codes(list) != "deferargs" {
		t.Fatalf("got %+v", list)
	}
	d := list[0]
	// 𝔘 takes two units: count begins at byte 46 and character 38.
	if want := (protocol.Range{Start: at(6, 38), End: at(6, 43)}); d.Range != want {
		t.Errorf("range %v, want %v", d.Range, want)
	}
	if d.Severity != protocol.DiagnosticSeverityWarning {
		t.Errorf("severity %v", d.Severity)
	}
	if source, _ := d.Source.Get(); source != "goconclint" {
		t.Errorf("source %q", source)
	}
	if href := string(d.CodeDescription.Href); !strings.HasSuffix(href, "docs/checks/deferargs.md") {
		t.Errorf("link %q", href)
	}
	if message := string(d.Message.(protocol.String)); !strings.Contains(message, "count is evaluated at the defer statement") {
		t.Errorf("message %q", message)
	}
	if len(d.RelatedInformation) != 1 || d.RelatedInformation[0].Location.Range.Start != at(8, 2) {
		t.Errorf("related information %+v", d.RelatedInformation)
	}
	if status := c.Quit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

func TestFix(t *testing.T) {
	dir := moduletest.New(t, wrong)
	c := start(t, options(t), dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	d := c.Diagnostics(path)[0]
	actions := c.Actions(path, d.Range)
	if len(actions) != 2 {
		t.Fatalf("%d actions", len(actions))
	}
	if *actions[0].Kind != protocol.CodeActionKindQuickFix || actions[0].IsPreferred == nil || lsptest.Codes(actions[0].Diagnostics) != "deferargs" {
		t.Errorf("action %+v", actions[0])
	}
	if other := c.Actions(path, protocol.Range{Start: at(0, 0), End: at(0, 3)}); len(other) > 0 {
		t.Errorf("actions where nothing is wrong: %v", other)
	}
	if other := c.Actions(path, d.Range, "refactor"); len(other) > 0 {
		t.Errorf("quick fixes for who wants refactorings: %v", other)
	}
	c.Apply(actions[0])
	if list := c.Diagnostics(path); len(list) > 0 {
		t.Errorf("after the fix there is %v", list)
	}
	if text := c.Text(path); !strings.Contains(text, "/* 𝔘é界 */ defer func() { log.Print(\"rows: \", count) }()\n") {
		t.Errorf("fixed:\n%s", text)
	}
	if onDisk, _ := os.ReadFile(path); strings.Contains(string(onDisk), "func() {") {
		t.Error("the server has written to the disk")
	}
}

func TestIgnore(t *testing.T) {
	dir := moduletest.New(t, wrong)
	c := start(t, options(t), dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	actions := c.Actions(path, c.Diagnostics(path)[0].Range)
	c.Apply(actions[len(actions)-1])
	if !strings.Contains(c.Text(path), "count) //goconclint:ignore deferargs TODO: say why this is right\n") {
		t.Errorf("the comment isn't there:\n%s", c.Text(path))
	}
	if list := c.Diagnostics(path); len(list) > 0 {
		t.Errorf("a comment silences, yet there is %v", list)
	}
}

// TestFixOfAnotherText: what was found in a text isn't applied to another.
func TestFixOfAnotherText(t *testing.T) {
	dir := moduletest.New(t, wrong)
	opts := options(t)
	opts.Debounce = patient
	c := start(t, opts, dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	d := c.Diagnostics(path)[0]
	c.Type(path, strings.Replace(c.Text(path), "package rows\n", "package rows\n\n// A comment.\n", 1))
	d.Range.Start.Line += 2
	d.Range.End.Line += 2
	actions := c.Actions(path, d.Range)
	if len(actions) != 1 || !strings.HasPrefix(actions[0].Title, "Ignore") {
		t.Errorf("%d actions, want to ignore it alone", len(actions))
	}
}

func TestHover(t *testing.T) {
	dir := moduletest.New(t, wrong)
	c := start(t, options(t), dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	d := c.Diagnostics(path)[0]
	text := c.Hover(path, d.Range.Start)
	for _, want := range []string{"**deferargs**", "Wrong:\n\n```go\n", "Right:", "docs/checks/deferargs"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if text := c.Hover(path, at(0, 0)); text != "" {
		t.Errorf("a hover where nothing is: %s", text)
	}
}

// TestUnsaved: what is typed counts, on disk or not, whole or in pieces.
func TestUnsaved(t *testing.T) {
	dir := moduletest.New(t, wrong)
	c := start(t, options(t), dir)
	path := filepath.Join(dir, "other", "other.go")
	c.Open(path)
	if list := c.Diagnostics(path); len(list) > 0 {
		t.Fatalf("got %v", list)
	}
	onDisk, err := os.ReadFile(filepath.Join(dir, "rows", "rows.go"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(onDisk), "package rows", "package other", 1)
	c.Type(path, text)
	if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" {
		t.Errorf("typed, but got %v", list)
	}
	// Two edits in one message, the second one in what the first has made.
	line := place(t, text, "count := 0")
	c.Type(path, strings.Replace(strings.Replace(text, "count := 0", "n := 0", 1), "package other", "package other // ü", 1),
		&protocol.TextDocumentContentChangePartial{Range: line, Text: "n := 0"},
		&protocol.TextDocumentContentChangePartial{Range: protocol.Range{Start: at(0, 99), End: at(0, 99)}, Text: " // ü"})
	c.Save(path) // what it says is what the test believes to have typed
	c.Diagnostics(path)
	c.Type(path, text)
	if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" || list[0].Range.Start.Line != 6 {
		t.Errorf("typed back, but got %v", list)
	}

	fresh := filepath.Join(dir, "fresh", "fresh.go") // neither file nor folder are on disk
	c.OpenText(fresh, strings.Replace(string(onDisk), "package rows", "package fresh", 1))
	if list := c.Diagnostics(fresh); lsptest.Codes(list) != "deferargs" {
		t.Errorf("in a new file, got %v", list)
	}
}

// TestBroken: a package that doesn't compile is said once to be so, keeps
// what was found in it where it stands, and comes back.
func TestBroken(t *testing.T) {
	dir := moduletest.New(t, wrong)
	c := start(t, options(t), dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	whole := c.Text(path)
	before := c.Diagnostics(path)[0].Range
	for _, text := range []string{
		strings.Replace(whole, "count := 0", "count := 0\n\tif", 1),
		strings.Replace(whole, "count := 0", "count := 0\n\tundefined()", 1),
		strings.Replace(whole, "count := 0", "count := 0\n\tfmt.Println()", 1),
	} {
		c.Type(path, text)
		list := c.Diagnostics(path)
		if lsptest.Codes(list) != "deferargs" || list[0].Range.Start != at(before.Start.Line+1, before.Start.Character) {
			t.Errorf("while it is broken: %v", list)
		}
	}
	if news := c.News(); len(news.Logged) != 1 || len(news.Shown) != 0 || !strings.Contains(news.Logged[0], "example.com/m/rows") {
		t.Errorf("said %q, logged %q", news.Shown, news.Logged)
	}
	c.Type(path, strings.Replace(whole, "count++", "_ = list", 1))
	if list := c.Diagnostics(path); len(list) > 0 {
		t.Errorf("repaired, but there is %v", list)
	}
	c.Type(path, whole+"\nfunc")
	c.Diagnostics(path)
	c.Heard("a second breakage", func(n *lsptest.News) bool { return len(n.Logged) == 2 })
	c.Type(path, whole)
	if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" || list[0].Range != before {
		t.Errorf("as at first, but there is %v", list)
	}
}

// TestClosing: what isn't open isn't shown, and a closed file is again what
// is on disk.
func TestClosing(t *testing.T) {
	dir := moduletest.New(t, wrong+`-- rows/more.go --
package rows
`)
	c := start(t, options(t), dir)
	path, more := filepath.Join(dir, "rows", "rows.go"), filepath.Join(dir, "rows", "more.go")
	c.Open(more)
	c.Await(path, 1)
	c.Open(path)
	c.Type(path, strings.Replace(c.Text(path), "count++", "_ = list", 1))
	if list := c.Diagnostics(path); len(list) > 0 {
		t.Errorf("typed, but got %v", list)
	}
	c.Close(path)
	c.Await(path, 1)
	c.Close(more)
	c.Await(path, 0)
	if status := c.Quit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}
