package lsp_test

import (
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

// typed is what a fuzzing user types: pieces of Go, halves of them, and
// characters of one to four bytes.
var typed = []string{
	"a", "x", " ", "\n", "\t", "{", "}", "(", ")", "\"", "`", "'", "//", "/*", "*/", "é", "界", "𝔘", "\r\n",
	"go func() {", "}()", "defer ", "for range 3 {\n", "var m = map[string]int{}\n", "mu.Lock()\n", "<-ch\n", "package ", "import \"sync\"\n",
	"func f() {}\n", "//goconclint:ignore datarace why\n", late,
}

// TestRandomEdits: whatever is typed, the server lives, keeps the same text
// as the editor, finds at last what there is to find, and leaves nothing
// behind when it ends.
func TestRandomEdits(t *testing.T) {
	edits := 10_000
	if testing.Short() {
		edits = 500
	}
	before := runtime.NumGoroutine()
	t.Run("typing", func(t *testing.T) {
		dir := moduletest.New(t, wrong+"-- rows/more.go --\npackage rows\n")
		opts := options(t)
		opts.Debounce = 20 * time.Millisecond
		opts.Patience = 10 * time.Millisecond
		runs := counted(&opts)
		c := start(t, opts, dir)
		random := rand.New(rand.NewPCG(1, uint64(edits)))
		paths := []string{filepath.Join(dir, "rows", "rows.go"), filepath.Join(dir, "rows", "more.go"), filepath.Join(dir, "other", "other.go")}
		whole := make(map[string]string)
		for _, path := range paths {
			c.Open(path)
			whole[path] = c.Text(path)
		}
		for i := range edits {
			path := paths[random.IntN(len(paths))]
			edit(c, random, path, whole[path])
			switch random.IntN(200) {
			case 0:
				c.Save(path)
			case 1:
				c.Close(path)
				c.Open(path)
			case 2:
				c.Actions(path, someRange(random, c.Text(path)))
				c.Hover(path, someRange(random, c.Text(path)).Start)
			case 3:
				c.Watched(path, filepath.Join(dir, "go.mod"))
			case 4, 5, 6, 7:
				time.Sleep(30 * time.Millisecond) // long enough for a run to begin
			}
			if i%1000 == 999 {
				c.Diagnostics(path) // it still answers, and to this text
			}
		}
		for _, path := range paths {
			c.Type(path, whole[path])
		}
		c.Save(paths[0])
		c.Save(paths[1])
		for i, findings := range []int{1, 0, 0} {
			c.Await(paths[i], findings)
		}
		if status := c.Quit(); status != 0 {
			t.Errorf("exit status %d", status)
		}
		t.Logf("%d edits, %d runs, %d sets of diagnostics", edits, runs.Load(), c.News().Published)
	})
	noneLeft(t, before)
}

// edit makes one random edit, often small, sometimes back to the beginning.
func edit(c *lsptest.Client, random *rand.Rand, path, whole string) {
	text := c.Text(path)
	if random.IntN(50) == 0 || len(text) > 4000 {
		c.Type(path, whole)
		return
	}
	where := someRange(random, text)
	by := ""
	if random.IntN(4) > 0 {
		by = typed[random.IntN(len(typed))]
		where.End = where.Start
	}
	c.Type(path, lsptest.Replace(text, where, by), &protocol.TextDocumentContentChangePartial{Range: where, Text: by})
}

// someRange returns a short range of a text, on one line or across two.
func someRange(random *rand.Rand, text string) protocol.Range {
	lines := strings.Split(text, "\n")
	line := random.IntN(len(lines))
	start := someColumn(random, lines[line])
	end := protocol.Position{Line: uint32(line), Character: min(start+uint32(random.IntN(5)), length(lines[line]))}
	if random.IntN(10) == 0 && line+1 < len(lines) {
		end = protocol.Position{Line: uint32(line + 1), Character: someColumn(random, lines[line+1])}
	}
	if aboveASCII(lines[line]) {
		end = protocol.Position{Line: uint32(line), Character: start} // not into the midst of a pair
	}
	return protocol.Range{Start: protocol.Position{Line: uint32(line), Character: start}, End: end}
}

// someColumn returns a column in front of a character, of the half of the
// line that is plain if there are others.
func someColumn(random *rand.Rand, line string) uint32 {
	if aboveASCII(line) {
		return 0
	}
	return uint32(random.IntN(int(length(line)) + 1))
}

func aboveASCII(line string) bool {
	return strings.ContainsFunc(line, func(r rune) bool { return r >= 1<<7 })
}

func length(line string) uint32 {
	return uint32(len(utf16.Encode([]rune(strings.TrimRight(line, "\r")))))
}
