// Package browser opens what goconclint -f html writes in a real browser. It
// is a module of its own so that nobody who builds goconclint loads what
// drives a browser.
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// root is the repository's, seen from this folder.
const root = "../.."

// chromium finds the browser. Without one the test is skipped, or fails where
// GOCONCLINT_E2E says that it has to be there.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("GOCONCLINT_E2E") == "required" {
		t.Fatal("no chromium on this machine, and GOCONCLINT_E2E=required")
	}
	t.Skip("no chromium on this machine")
	return ""
}

// A browser is one tab, with what went wrong in it.
type browser struct {
	*testing.T
	ctx context.Context

	mu     sync.Mutex
	errors []string
}

func open(t *testing.T, file string) *browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.WindowSize(1200, 900))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	b := &browser{T: t, ctx: ctx}
	b.do(chromedp.Navigate("about:blank"))
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate("file://"+file), chromedp.WaitVisible(chromedp.CSS("#count")))
	return b
}

// listen collects errors on the console, exceptions and refused requests.
func (b *browser) listen(event any) {
	var text string
	switch e := event.(type) {
	case runtime.EventExceptionThrown:
		text = fmt.Sprint(e.ExceptionDetails)
	case *runtime.EventExceptionThrown:
		text = fmt.Sprint(e.ExceptionDetails)
	case log.EventEntryAdded:
		text = entry(e.Entry)
	case *log.EventEntryAdded:
		text = entry(e.Entry)
	}
	if text != "" {
		b.mu.Lock()
		b.errors = append(b.errors, text)
		b.mu.Unlock()
	}
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

func entry(e *log.Entry) string {
	if e.Level == log.EntryLevelError || e.Level == log.EntryLevelWarning {
		return e.Text
	}
	return ""
}

// eval returns the value of an expression.
func eval[T any](b *browser, expression string) T {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatal(err)
	}
	return value
}

// quiet checks that nothing went wrong.
func (b *browser) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, text := range b.errors {
		b.Errorf("on the console: %s", text)
	}
}

// shoot keeps a screenshot of the page where GOCONCLINT_SHOTS says.
func (b *browser) shoot(name string) { b.keep(name, chromedp.FullScreenshot(100)) }

func (b *browser) keep(name string, picture chromedp.Action[[]byte]) {
	dir := os.Getenv("GOCONCLINT_SHOTS")
	if dir == "" {
		return
	}
	image, err := chromedp.Run(b.ctx, picture)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), image, 0o666); err != nil {
		b.Error(err)
	}
}

// goconclint runs the command in the repository.
func goconclint(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"run", "./cmd/goconclint", "-fail-on=none"}, args...)...)
	if args[0] == "merge" {
		cmd = exec.Command("go", append([]string{"run", "./cmd/goconclint"}, args...)...)
	}
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
}

func TestPage(t *testing.T) {
	chromium(t)
	file := filepath.Join(t.TempDir(), "report.html")
	goconclint(t, "-f=html="+file, "./testdata/readme/...", "./testdata/tour/...")
	b := open(t, file)

	all := eval[int](b, `document.querySelectorAll("#findings details").length`)
	if all < 2 {
		t.Fatalf("%d findings are listed", all)
	}
	if text := eval[string](b, `document.getElementById("summary").textContent`); !strings.Contains(text, fmt.Sprintf("%d findings in ", all)) {
		t.Errorf("the summary is %q", text)
	}

	// It filters: by a check in the overview, by words, and back.
	eval[chromedp.Void](b, `[...document.querySelectorAll("#checks button")].find(e => e.textContent === "lockblocked").click()`)
	if n := eval[int](b, `document.querySelectorAll("#findings details").length`); n != 1 {
		t.Errorf("%d findings of lockblocked are listed", n)
	}
	b.do(chromedp.Click(chromedp.CSS(`button[type=reset]`)), chromedp.Sleep(50*time.Millisecond))
	eval[chromedp.Void](b, `document.querySelector("#severities .warning").click()`)
	if n := eval[int](b, `document.querySelectorAll("#findings details:not(.warning)").length`); n != 0 {
		t.Errorf("%d findings that are no warnings are listed among these", n)
	}
	b.do(chromedp.Click(chromedp.CSS(`button[type=reset]`)), chromedp.Sleep(50*time.Millisecond))
	b.do(chromedp.SendKeys(chromedp.CSS("#search"), "POOL.GO waits"), chromedp.Sleep(300*time.Millisecond))
	if n := eval[int](b, `document.querySelectorAll("#findings details").length`); n >= all {
		t.Errorf("%d of %d findings answer to a search", n, all)
	}
	b.do(chromedp.Click(chromedp.CSS(`button[type=reset]`)), chromedp.Sleep(50*time.Millisecond))
	if n := eval[int](b, `document.querySelectorAll("#findings details").length`); n != all {
		t.Errorf("%d of %d findings are back", n, all)
	}

	// Without a mouse: / searches, j goes to the findings, Enter opens one.
	b.do(chromedp.Evaluate[chromedp.Void](`document.body.focus()`), chromedp.KeyEvent("/"))
	if id := eval[string](b, `document.activeElement.id`); id != "search" {
		t.Errorf("/ goes to %q", id)
	}
	b.do(chromedp.Evaluate[chromedp.Void](`document.activeElement.value = ""`)) // the slash of the simulated keyboard gets there
	b.do(chromedp.KeyEvent("lockblocked"), chromedp.Sleep(500*time.Millisecond), chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent("j"))
	if focused := eval[string](b, `document.activeElement.textContent`); !strings.Contains(focused, "lockblocked") {
		t.Fatalf("j goes to %q", focused)
	}
	b.do(chromedp.KeyEvent(kb.Enter), chromedp.Sleep(300*time.Millisecond))
	if n := eval[int](b, `document.querySelectorAll("#findings details[open] svg").length`); n != 1 {
		t.Fatalf("%d diagrams are open", n)
	}

	// The schedule: lifelines, a lock held as a bar, what is to blame marked.
	for selector, want := range map[string]int{"svg .life": 3, "svg .hold": 1, "svg .step": 6, "svg .step.waits.last": 3, "svg .meets path": 2, "svg .stuck": 3, "svg text.lock": 1, "ol.steps li": 6} {
		if n := eval[int](b, fmt.Sprintf(`document.querySelectorAll("#findings details[open] %s").length`, selector)); n != want {
			t.Errorf("%d of %s are drawn, want %d", n, selector, want)
		}
	}
	if text := eval[string](b, `document.querySelector("#findings details[open] .source mark").textContent`); text == "" {
		t.Error("no source is marked")
	}
	// Each step leads to its line.
	eval[chromedp.Void](b, `document.querySelector("#findings details[open] ol.steps li:nth-child(4) button").click()`)
	if line := eval[string](b, `document.querySelector(".line.flash").textContent`); !strings.Contains(line, "p.mu.Lock()") {
		t.Errorf("the fourth step leads to %q", line)
	}
	b.shoot("light")
	eval[chromedp.Void](b, `document.activeElement.blur()`)
	b.keep("finding", chromedp.Screenshot(chromedp.CSS("#findings details[open]"))) // docs/finding.png
	dark := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, dark); err != nil {
		t.Fatal(err)
	}
	b.shoot("dark")
	if color := eval[string](b, `getComputedStyle(document.body).backgroundColor`); color != "rgb(22, 24, 27)" {
		t.Errorf("in the dark, the background is %s", color)
	}
	b.do(chromedp.EmulateViewport(390, 800, chromedp.EmulateMobile))
	b.shoot("phone")
	if wide := eval[bool](b, `document.documentElement.scrollWidth > innerWidth + 1`); wide {
		t.Error("on a phone, the page is wider than the screen")
	}
	b.quiet()
}

// TestPrint prints the page: what is folded on the screen is open on paper.
func TestPrint(t *testing.T) {
	chromium(t)
	file := filepath.Join(t.TempDir(), "report.html")
	goconclint(t, "-f=html="+file, "./testdata/readme/...", "./testdata/tour/...")
	b := open(t, file)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
	if err != nil {
		t.Fatal(err)
	}
	if len(pdf) < 10_000 {
		t.Errorf("the print has %d bytes", len(pdf))
	}
	if n := eval[int](b, `document.querySelectorAll("#findings .inside").length`); n < 2 {
		t.Errorf("%d findings were open in the print", n)
	}
	if n := eval[int](b, `document.querySelectorAll("#findings details[open]").length`); n != 0 {
		t.Errorf("%d findings are still open after it", n)
	}
	b.quiet()
}

// TestManyFindings opens a report of five thousand, which must not be felt.
func TestManyFindings(t *testing.T) {
	chromium(t)
	dir := t.TempDir()
	const many = 5000
	var findings []map[string]any
	step := func(line int, message string) map[string]any {
		return map[string]any{"file": filepath.Join(dir, "f.go"), "line": line, "column": 1, "message": message}
	}
	for i := range many {
		findings = append(findings, map[string]any{
			"check": []string{"datarace", "chanleak", "deferloop"}[i%3], "file": filepath.Join(dir, fmt.Sprintf("f%d.go", i%200)), "line": i + 1, "column": 1,
			"message": fmt.Sprintf("finding number %d is about nothing in particular", i), "package": fmt.Sprintf("example.com/p%d", i%50), "confidence": "high",
			"related": []any{step(i+1, "g0: lock `mu`"), step(i+2, "g0: go -> g1"), step(i+3, "g1: blocked: lock `mu`"), step(i+4, "g0: blocked: wait `wg` (holds mu)")},
		})
	}
	report, err := json.Marshal(map[string]any{"version": 1, "packages": 50, "findings": findings})
	if err != nil {
		t.Fatal(err)
	}
	input, file := filepath.Join(dir, "many.json"), filepath.Join(dir, "report.html")
	if err := os.WriteFile(input, report, 0o666); err != nil {
		t.Fatal(err)
	}
	goconclint(t, "merge", "-fail-on=none", "-f=html="+file, input)
	b := open(t, file)
	if took := eval[float64](b, `performance.getEntriesByType("navigation")[0].domComplete`); took > 3000 {
		t.Errorf("the page took %.0f ms", took)
	}
	const draw = `(() => {
		const begun = performance.now();
		for (const d of [...document.querySelectorAll("#findings details")].slice(0, 20)) { d.open = true; d.dispatchEvent(new Event("toggle")); }
		document.body.getBoundingClientRect();
		return performance.now() - begun;
	})()`
	if took := eval[float64](b, draw); took > 1000 {
		t.Errorf("drawing twenty schedules took %.0f ms", took)
	}
	if n := eval[int](b, `document.querySelectorAll("#findings details[open] svg").length`); n != 20 {
		t.Errorf("%d schedules are drawn", n)
	}
	if n := eval[int](b, `document.querySelectorAll("#findings details").length`); n == 0 || n > 200 {
		t.Errorf("%d findings are listed at once", n)
	}
	const type4999 = `(() => {
		const begun = performance.now();
		const search = document.getElementById("search");
		search.value = "number 4999";
		document.getElementById("filters").requestSubmit();
		document.body.getBoundingClientRect();
		return performance.now() - begun;
	})()`
	if took := eval[float64](b, type4999); took > 500 {
		t.Errorf("a search took %.0f ms", took)
	}
	if n := eval[int](b, `document.querySelectorAll("#findings details").length`); n != 1 {
		t.Errorf("%d findings answer to the search", n)
	}
	b.do(chromedp.Click(chromedp.CSS(`button[type=reset]`)), chromedp.Sleep(50*time.Millisecond), chromedp.Click(chromedp.CSS("#more")))
	if n := eval[int](b, `document.querySelectorAll("#findings details").length`); n != 200 {
		t.Errorf("%d findings are listed after asking for more", n)
	}
	b.quiet()
}
