package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/golangci/plugin-module-register/register"
)

// root is the repository's, seen from this folder.
const root = "../.."

// asMain makes the test binary be golangci-lint.
const asMain = "GOCONCLINT_TEST_GOLANGCI"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(run(m))
}

// scratch is where the command is built.
var scratch string

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "goconclint-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	scratch = dir
	return m.Run()
}

// An issue is what golangci-lint says of one finding.
type issue struct {
	FromLinter, Text string
	Pos              struct {
		Filename     string
		Line, Column int
	}
}

func (i issue) String() string {
	return fmt.Sprintf("%s:%d:%d: %s (%s)", i.Pos.Filename, i.Pos.Line, i.Pos.Column, i.Text, i.FromLinter)
}

// custom is a configuration with the given linters of ours, settings as JSON.
func custom(linters map[string]string, more string) string {
	var enable, settings []string
	for name, conf := range linters {
		enable = append(enable, name)
		settings = append(settings, fmt.Sprintf(`%q: {"type": "module", "settings": %s}`, name, conf))
	}
	return fmt.Sprintf(`version: "2"
linters:
  default: none
  enable: [%s]
  settings:
    custom: {%s}
%s
issues: {max-issues-per-linter: 0, max-same-issues: 0, uniq-by-line: false}
`, strings.Join(enable, ", "), strings.Join(settings, ", "), more)
}

// lint runs golangci-lint in a folder and returns what it writes.
func lint(t *testing.T, dir, config string, args ...string) (stdout, stderr string, exit int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "golangci.yml")
	if err := os.WriteFile(file, []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, append([]string{args[0], "--config", file}, args[1:]...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asMain+"=1", "GOLANGCI_LINT_CACHE="+filepath.Join(scratch, "cache"), "GOFLAGS=-mod=mod", "GOWORK=off")
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	var failed *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return out.String(), errOut.String(), cmd.ProcessState.ExitCode()
}

// issues runs golangci-lint and returns what it finds.
func issues(t *testing.T, dir, config string, args ...string) []issue {
	t.Helper()
	args = append([]string{"run", "--output.json.path=stdout", "--output.text.path=", "--show-stats=false", "--path-mode=abs"}, args...)
	stdout, stderr, exit := lint(t, dir, config, args...)
	if exit != 0 && exit != 1 {
		t.Fatalf("golangci-lint ends with %d:\n%s%s", exit, stdout, stderr)
	}
	var report struct{ Issues []issue }
	if err := json.NewDecoder(strings.NewReader(stdout)).Decode(&report); err != nil {
		t.Fatalf("%v:\n%s%s", err, stdout, stderr)
	}
	slices.SortFunc(report.Issues, func(a, b issue) int { return strings.Compare(a.String(), b.String()) })
	return report.Issues
}

// TestAgree compares golangci-lint's issues with the command's findings, on
// the tour and on fixtures where a finding needs facts of other packages:
// the same position, check and message, behind which only what was folded
// into it may stand.
func TestAgree(t *testing.T) {
	cross := []string{"./relock/cross/...", "./mapguard/cross/...", "./guardedby/cross/...", "./missingunlock/cross/...", "./recovermisuse/cross/...", "./gopanic/cross/..."}
	for _, test := range []struct {
		name, dir string
		patterns  []string
		settings  string
		flags     []string
		atLeast   int
	}{
		{"tour", root, []string{"./testdata/tour/...", "./testdata/readme/..."}, "{}", nil, 8},
		{"facts", filepath.Join(root, "testdata/src"), cross, `{"enable": ["all"]}`, []string{"-enable=all"}, 10},
		{"groups", filepath.Join(root, "testdata/src"), cross, `{"groups": ["locks"], "disable": ["relock"]}`, []string{"-group=locks", "-relock=false"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := issues(t, test.dir, custom(map[string]string{"goconclint": test.settings}, ""), test.patterns...)
			want := findings(t, test.dir, append(test.flags, test.patterns...))
			if len(want) < test.atLeast {
				t.Fatalf("the command finds %d, want %d at least", len(want), test.atLeast)
			}
			compare(t, got, want)
		})
	}
}

// A finding is one of the command's.
type finding struct {
	Check, Kind, File, Message string
	Line, Column               int
	Related                    []any
}

// findings runs the command without the checks that the plugin leaves to
// govet.
func findings(t *testing.T, dir string, args []string) []finding {
	t.Helper()
	fixed := []string{"-config=none", "-json", "-fail-on=none", "-copylocks=false", "-atomic=false", "-sigchanyzer=false", "-testinggoroutine=false", "-waitgroup=false", "-unusedresult=false"}
	out := goconclint(t, dir, append(fixed, args...)...)
	var report struct{ Findings []finding }
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	return report.Findings
}

// built is the command, built once.
var built = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(scratch, "goconclint")
	build := exec.Command("go", "build", "-o", binary, "./cmd/goconclint")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return binary, nil
})

// goconclint runs the command and returns what it prints.
func goconclint(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	binary, err := built()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOCONCLINT_CACHE=off")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}

func compare(t *testing.T, got []issue, want []finding) {
	t.Helper()
	for _, f := range want {
		name := f.Check
		if f.Kind != "" {
			name += "/" + f.Kind
		}
		i := slices.IndexFunc(got, func(i issue) bool {
			return i.Pos.Line == f.Line && i.Pos.Column == f.Column &&
				strings.HasSuffix(i.Pos.Filename, "/"+f.File) && strings.HasPrefix(i.Text, name+": "+f.Message)
		})
		if i < 0 {
			t.Errorf("golangci-lint doesn't say %s:%d:%d: %s: %s", f.File, f.Line, f.Column, name, f.Message)
			continue
		}
		folded := strings.TrimPrefix(got[i].Text, name+": "+f.Message)
		if (folded != "") != (len(f.Related) > 0) || folded != "" && !(strings.HasPrefix(folded, " [") && strings.HasSuffix(folded, "]")) {
			t.Errorf("%d related positions are folded as %q", len(f.Related), folded)
		}
		got = slices.Delete(got, i, i+1)
	}
	for _, i := range got {
		t.Errorf("golangci-lint alone says %s", i)
	}
}

// TestNolint holds that comments silence: of golangci-lint and ours, whether
// the linter is the suite or one check, and that nolintlint calls none of
// them unused.
func TestNolint(t *testing.T) {
	for linter, want := range map[string][]int{
		"goconclint": {9},
		"mapguard":   {9, 15}, // another linter's name needs a reason
	} {
		config := custom(map[string]string{linter: "{}"}, "")
		config = strings.Replace(config, "enable: [", "enable: [nolintlint, ", 1)
		var lines []int
		for _, i := range issues(t, "testdata/silence", config, "./...") {
			if i.FromLinter != linter || !strings.Contains(i.Text, "map h.hits is written here") {
				t.Errorf("%s: %s", linter, i)
			}
			lines = append(lines, i.Pos.Line)
		}
		slices.Sort(lines)
		if !slices.Equal(lines, want) {
			t.Errorf("%s: findings on lines %v, want %v", linter, lines, want)
		}
	}
}

// TestDocumented runs golangci-lint with the configuration that the
// documentation shows, and holds that a name which is only made known isn't
// warned of.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs/golangci-lint.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(page), "```yaml\nversion: \"2\"\n")
	config, _, closed := strings.Cut(block, "```")
	if !found || !closed {
		t.Fatal("docs/golangci-lint.md shows no configuration")
	}
	config = "version: \"2\"\n" + config
	const unknown = "unknown linters in //nolint directives: mapguard"
	stdout, stderr, exit := lint(t, "testdata/silence", config, "run", "./...")
	if exit != 1 || !strings.Contains(stdout, "mapguard: map h.hits is written") || !strings.Contains(stderr, unknown) {
		t.Errorf("exit status %d:\n%s%s", exit, stdout, stderr)
	}
	config = strings.Replace(config, "    custom:\n", "    custom:\n      mapguard: {type: module}\n", 1)
	if _, stderr, _ = lint(t, "testdata/silence", config, "run", "./..."); strings.Contains(stderr, unknown) {
		t.Error(stderr)
	}
}

// TestCustom holds that what the documentation builds is what is tested here.
func TestCustom(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs/golangci-lint.md"))
	if err != nil {
		t.Fatal(err)
	}
	list := exec.Command("go", "list", "-m", "-f", "{{.Version}}", "github.com/golangci/golangci-lint/v2")
	version, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	imported, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	const plugin = "github.com/goconclint/goconclint/cmd/gclplugin"
	if !strings.Contains(string(imported), `_ "`+plugin+`"`) {
		t.Errorf("main.go doesn't import %s", plugin)
	}
	for _, line := range []string{"version: " + strings.TrimSpace(string(version)) + " # of golangci-lint", "    import: " + plugin} {
		if !strings.Contains(string(page), "\n"+line+"\n") {
			t.Errorf("docs/golangci-lint.md doesn't say %q", line)
		}
	}
}

// TestFix applies fixes of checks of which some findings have several: each
// file is changed, and what is fixed isn't found again.
func TestFix(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/fix\n\ngo 1.21\n",
		"fix.go": fixable,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	config := custom(map[string]string{"goconclint": `{"only": ["deferloop", "deferargs"]}`}, "")
	if before := issues(t, dir, config, "./..."); len(before) != 2 {
		t.Fatalf("found %v, want two", before)
	}
	if after := issues(t, dir, config, "--fix", "./..."); len(after) != 0 {
		t.Errorf("not fixed: %v", after)
	}
	build := exec.Command("go", "build", "./...")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Errorf("what is fixed doesn't compile: %s", out)
	}
	if after := issues(t, dir, config, "./..."); len(after) != 0 {
		t.Errorf("found again: %v", after)
	}
}

const fixable = `package fix

import (
	"fmt"
	"os"
	"time"
)

func all(names []string) error {
	start := time.Now()
	defer fmt.Println(time.Since(start))
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		fmt.Println(file.Name())
	}
	return nil
}
`

// TestSettings holds that a mistake in the settings is told with what was
// probably meant.
func TestSettings(t *testing.T) {
	for settings, want := range map[string]string{
		`{"enabel": ["hot"]}`:                    "no key named enabel (did you mean enable?)",
		`{"disable": ["mapgard"]}`:               "no such check or group (did you mean mapguard?)",
		`{"settings": {"hotalloc": {"lop": 1}}}`: "settings: no such flag of a check: hotalloc.lop (did you mean hotalloc.loops?)",
	} {
		stdout, stderr, exit := lint(t, "testdata/silence", custom(map[string]string{"goconclint": settings}, ""), "run", "./...")
		if exit != 3 || !strings.Contains(stdout+stderr, want) {
			t.Errorf("%s: exit status %d, want 3 and %s:\n%s%s", settings, exit, want, stdout, stderr)
		}
	}
}

// TestNames holds that no linter of ours takes the name of one that
// golangci-lint has, and that each of ours can be asked for.
func TestNames(t *testing.T) {
	stdout, _, _ := lint(t, ".", `version: "2"`, "linters", "--json")
	var list struct{ Enabled, Disabled []struct{ Name string } }
	if err := json.Unmarshal([]byte(stdout), &list); err != nil {
		t.Fatalf("%v:\n%s", err, stdout)
	}
	var builtIn []string
	for _, linter := range slices.Concat(list.Enabled, list.Disabled) {
		builtIn = append(builtIn, linter.Name)
	}
	var checks []struct {
		Name    string
		Bundled bool
	}
	if err := json.Unmarshal(goconclint(t, root, "list", "-json"), &checks); err != nil {
		t.Fatal(err)
	}
	for _, check := range checks {
		_, err := register.GetPlugin(check.Name)
		taken := slices.Contains(builtIn, check.Name)
		if registered := err == nil; registered != (!taken && !check.Bundled) {
			t.Errorf("%s: registered: %v, a linter of golangci-lint: %v, of x/tools: %v", check.Name, registered, taken, check.Bundled)
		}
	}
}
