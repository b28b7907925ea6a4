package lsp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

const leak = `-- go.mod --
module example.com/m

go 1.26
-- first.go --
package m

import "errors"

func first(ask func() string, stop <-chan struct{}) (string, error) {
	answers := make(chan string)
	go func() {
		answers <- ask()
	}()
	select {
	case answer := <-answers:
		return answer, nil
	case <-stop:
		return "", errors.New("stopped")
	}
}
`

// TestSchedule: the steps of a schedule are related information, in words and
// in the order in which they happen. The workspace is opened by a symbolic link, and what
// is said is said of the files as the editor names them.
func TestSchedule(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(moduletest.New(t, leak), link); err != nil {
		t.Skip(err)
	}
	c := start(t, options(t), link)
	path := filepath.Join(link, "first.go")
	c.Open(path)
	list := c.Diagnostics(path)
	if lsptest.Codes(list) != "chanleak" {
		t.Fatalf("got %v", list)
	}
	var steps []string
	for _, r := range list[0].RelatedInformation {
		if got := filepath.Clean(r.Location.URI.FsPath()); got != path {
			t.Errorf("a step in %s", got)
		}
		steps = append(steps, r.Message)
	}
	const want = "first starts func:7\nfirst receives from stop\nfunc:7 waits to send on answers"
	if text := strings.Join(steps, "\n"); text != want {
		t.Errorf("steps:\n%s\nwant\n%s", text, want)
	}
}
