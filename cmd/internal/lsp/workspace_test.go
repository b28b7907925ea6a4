package lsp_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/cmd/internal/lsp"
	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

// late is a mistake that needs no import.
const late = `
func late() {
	n := 0
	defer println(n)
	n = 1
}
`

// TestFolders: several folders are open, one of them comes and goes, and what
// lies outside of all isn't looked at.
func TestFolders(t *testing.T) {
	one := moduletest.New(t, "-- go.mod --\nmodule example.com/one\n\ngo 1.26\n-- one.go --\npackage one\n"+late)
	two := moduletest.New(t, "-- go.mod --\nmodule example.com/two\n\ngo 1.26\n-- two.go --\npackage two\n"+late)
	other := moduletest.New(t, "-- go.mod --\nmodule example.com/other\n\ngo 1.26\n-- other.go --\npackage other\n"+late)
	c := start(t, options(t), one, two)
	paths := []string{filepath.Join(one, "one.go"), filepath.Join(two, "two.go"), filepath.Join(other, "other.go")}
	for _, path := range paths {
		c.Open(path)
	}
	for _, path := range paths[:2] {
		if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" {
			t.Errorf("%s: %v", path, list)
		}
	}
	change := func(added, removed []string) {
		t.Helper()
		err := c.Server.DidChangeWorkspaceFolders(context.Background(), &protocol.DidChangeWorkspaceFoldersParams{
			Event: protocol.WorkspaceFoldersChangeEvent{Added: lsptest.Folders(added...), Removed: lsptest.Folders(removed...)},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	change([]string{other}, []string{two})
	if list := c.Diagnostics(paths[2]); lsptest.Codes(list) != "deferargs" {
		t.Errorf("in a folder that came: %v", list)
	}
	c.Await(paths[1], 0)
}

// TestModules: modules that import each other, by a go.work or a replace,
// see each other as they are being edited.
func TestModules(t *testing.T) {
	const modules = `-- app/app.go --
package app

import "example.com/base"

func Run() { base.Later(1) }
-- base/go.mod --
module example.com/base

go 1.26
-- base/base.go --
package base

func Later(n int) { println(n) }
`
	for name, archive := range map[string]string{
		"work": "-- go.work --\ngo 1.26\n\nuse (\n\t./app\n\t./base\n)\n-- app/go.mod --\nmodule example.com/app\n\ngo 1.26\n",
		"replace": "-- app/go.mod --\nmodule example.com/app\n\ngo 1.26\n\n" +
			"require example.com/base v0.0.0\n\nreplace example.com/base => ../base\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := moduletest.New(t, archive+modules)
			c := start(t, options(t), dir)
			app, base := filepath.Join(dir, "app", "app.go"), filepath.Join(dir, "base", "base.go")
			c.Open(app)
			c.Open(base)
			if list := append(c.Diagnostics(app), c.Diagnostics(base)...); len(list) > 0 {
				t.Fatalf("got %v", list)
			}
			if news := c.News(); len(news.Logged)+len(news.Shown) > 0 {
				t.Errorf("said %v %v", news.Logged, news.Shown)
			}
			c.Type(app, strings.Replace(c.Text(app), "Later(1)", "Sooner()", 1)+late)
			if list := c.Diagnostics(app); len(list) > 0 {
				t.Errorf("base has no Sooner yet, but there is %v", list)
			}
			c.Type(base, c.Text(base)+"\nfunc Sooner() {}\n")
			c.Await(app, 1)
			c.Type(app, "package app\n"+late)
			if list := c.Diagnostics(app); lsptest.Codes(list) != "deferargs" {
				t.Errorf("got %v", list)
			}
		})
	}
}

// TestWatching: the server asks to be told about files that aren't open, and
// looks again when they change.
func TestWatching(t *testing.T) {
	dir := moduletest.New(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n-- a.go --\npackage m\n-- b.go --\npackage m\n")
	c := start(t, options(t), dir)
	c.Heard("a registration", func(n *lsptest.News) bool {
		return slices.Contains(n.Registered, "workspace/didChangeWatchedFiles")
	})
	a, b := filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")
	c.Open(a)
	c.Diagnostics(a)
	moduletest.Write(t, b, "package m\n"+late)
	c.Watched(b)
	c.Await(b, 1)
	moduletest.Write(t, b, "package m\n")
	c.Watched(b)
	c.Await(b, 0)
}

// TestConfiguration: what is wrong with it is said once, and what it says
// holds as soon as it is right.
func TestConfiguration(t *testing.T) {
	dir := moduletest.New(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n-- a.go --\npackage m\n"+late)
	opts := options(t)
	right := opts.Configure
	wrong := errors.New(".goconclint.yaml:1:1: no key named enabel")
	opts.Configure = func(ctx context.Context, dir string) (*lsp.Settings, error) {
		if wrong != nil { // changed only while nothing is looked at
			return nil, wrong
		}
		return right(ctx, dir)
	}
	c := start(t, opts, dir)
	a := filepath.Join(dir, "a.go")
	c.Open(a)
	c.Heard("what is wrong", func(n *lsptest.News) bool {
		return len(n.Shown) == 1 && strings.Contains(n.Shown[0], "no key named enabel")
	})
	wrong = nil
	c.Watched(filepath.Join(dir, ".goconclint.yaml"))
	if list := c.Diagnostics(a); lsptest.Codes(list) != "deferargs" {
		t.Errorf("got %v", list)
	}
	if news := c.News(); len(news.Shown) != 1 {
		t.Errorf("said %q", news.Shown)
	}
}

// TestNoModule: files without a module, or without a workspace, are no
// trouble.
func TestNoModule(t *testing.T) {
	dir := moduletest.New(t, "-- a.go --\npackage m\n")
	c := start(t, options(t))
	path := filepath.Join(dir, "a.go")
	c.Open(path)
	c.Heard("a word in the log", func(n *lsptest.News) bool { return len(n.Logged) == 1 })
	moduletest.Write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.26\n")
	c.Type(path, "package m\n"+late)
	if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" {
		t.Errorf("got %v", list)
	}
}
