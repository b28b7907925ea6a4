// Package ci tries what other people's CI runs of ours, as far as that goes
// without their services: the GitHub action, the template for GitLab, the
// hook for pre-commit, the recipe for reviewdog and the Dockerfile. It is a
// module of its own so that nobody who builds goconclint loads the tools.
package ci

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"go.yaml.in/yaml/v3"
)

// root is the repository's, seen from this folder.
const root = "../.."

// run runs a program and returns what it prints and its exit status.
func run(t *testing.T, dir string, env []string, name string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// succeed is run for what must not fail.
func succeed(t *testing.T, dir string, name string, args ...string) string {
	t.Helper()
	out, status := run(t, dir, nil, name, args...)
	if status != 0 {
		t.Fatalf("%s %s: exit status %d\n%s", name, strings.Join(args, " "), status, out)
	}
	return out
}

func build(t *testing.T, dir, pkg, binary string) string {
	t.Helper()
	succeed(t, dir, "go", "build", "-o", binary, pkg)
	return binary
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// block returns the code block of docs/ci.md that begins with the line.
func block(t *testing.T, first string) string {
	t.Helper()
	_, rest, found := strings.Cut(read(t, "docs/ci.md"), "\n"+first+"\n")
	text, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatalf("docs/ci.md has no block that begins with %s", first)
	}
	return first + "\n" + text
}

// TestWorkflow lints the workflow that the documentation shows, with our
// action as one of the repository's own, so that its inputs are checked.
func TestWorkflow(t *testing.T) {
	dir := t.TempDir()
	workflow := strings.Replace(block(t, "name: goconclint"), "goconclint/goconclint@v0.1.0", "./", 1)
	write(t, filepath.Join(dir, ".github/workflows/goconclint.yml"), workflow)
	write(t, filepath.Join(dir, "action.yml"), read(t, "action.yml"))
	succeed(t, dir, "git", "init", "-q")
	linter := build(t, ".", "github.com/rhysd/actionlint/cmd/actionlint", filepath.Join(t.TempDir(), "actionlint"))
	succeed(t, dir, linter)

	wrong := strings.Replace(workflow, "upload-sarif:", "upload-sarf:", 1)
	write(t, filepath.Join(dir, ".github/workflows/goconclint.yml"), wrong)
	if out, status := run(t, dir, nil, linter); status == 0 || !strings.Contains(out, "upload-sarf") {
		t.Errorf("an input that the action doesn't have passes: %s", out)
	}
}

// An action is what action.yml says.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Steps []struct {
			Name, Run string
			Env       map[string]string
		}
	}
}

// TestAction runs the steps of the action that are scripts, all but the
// installation, on the tour.
func TestAction(t *testing.T) {
	var made action
	if err := yaml.Unmarshal([]byte(read(t, "action.yml")), &made); err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	build(t, root, "./cmd/goconclint", filepath.Join(temp, "goconclint-bin/goconclint"))
	sarif := filepath.Join(temp, "out.sarif")
	values := map[string]string{"inputs.packages": "./testdata/tour/... ./testdata/readme/...", "inputs.sarif": sarif, "inputs.args": "-mapguard -neverclosed"}
	for name, input := range made.Inputs {
		if _, said := values["inputs."+name]; !said {
			values["inputs."+name] = input.Default
		}
	}
	outputs := filepath.Join(temp, "outputs")
	step := func(name string) (string, int) {
		for _, s := range made.Runs.Steps {
			if s.Name != name {
				continue
			}
			env := []string{"RUNNER_TEMP=" + temp, "GITHUB_OUTPUT=" + outputs, "GITHUB_ENV=" + filepath.Join(temp, "env"), "GOCONCLINT_CACHE=off"}
			for key, value := range s.Env {
				expression := strings.TrimSpace(strings.Trim(value, "${} "))
				env = append(env, key+"="+values[expression])
			}
			return run(t, root, env, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		}
		t.Fatalf("action.yml has no step %q", name)
		return "", 0
	}

	if out, status := step("Where the Go caches are"); status != 0 {
		t.Errorf("exit status %d:\n%s", status, out)
	}
	out, status := step("Run")
	if status != 0 || strings.Count(out, "::") != 4 || !strings.Contains(out, "::error file=testdata/tour/orders/handler.go,line=46,") {
		t.Errorf("exit status %d, want 0 and two annotations:\n%s", status, out)
	}
	written, err := os.ReadFile(outputs)
	if err != nil || !strings.Contains(string(written), "status=1\nsarif="+sarif+"\n") || !strings.Contains(string(written), "build=/") {
		t.Errorf("outputs: %v\n%s", err, written)
	}
	if content, err := os.ReadFile(sarif); err != nil || !json.Valid(content) {
		t.Errorf("SARIF: %v", err)
	}
	values["steps.run.outputs.status"] = "1"
	if out, status := step("Result"); status != 1 {
		t.Errorf("the action ends with %d, want 1: %s", status, out)
	}
}

// TestGitLab runs the script of the template, all but the installation.
func TestGitLab(t *testing.T) {
	var jobs map[string]struct {
		Script    []string
		Variables map[string]string
		Artifacts struct{ Reports map[string]string }
	}
	if err := yaml.Unmarshal([]byte(read(t, "integrations/ci/gitlab.yml")), &jobs); err != nil {
		t.Fatal(err)
	}
	job := jobs["goconclint"]
	bin, dir := t.TempDir(), t.TempDir()
	build(t, root, "./cmd/goconclint", filepath.Join(bin, "goconclint"))
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata/tour/orders"))); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), "module example.com/orders\n\ngo 1.26\n")
	env := []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "GOCONCLINT_CACHE=off", "GOCONCLINT_FLAGS=-f line=lines", "GOCONCLINT_PACKAGES=" + job.Variables["GOCONCLINT_PACKAGES"]}
	if len(job.Script) != 2 || !strings.Contains(job.Script[0], "go install") {
		t.Fatalf("script: %q", job.Script)
	}
	if out, status := run(t, dir, env, "sh", "-ec", job.Script[1]); status != 1 || !strings.Contains(out, "handler.go:46:2: ") {
		t.Errorf("exit status %d, want 1 for the finding:\n%s", status, out)
	}
	report, err := os.ReadFile(filepath.Join(dir, job.Artifacts.Reports["codequality"]))
	var issues []struct{ Fingerprint string }
	if err != nil || json.Unmarshal(report, &issues) != nil || len(issues) != 1 || issues[0].Fingerprint == "" {
		t.Errorf("code quality report: %v\n%s", err, report)
	}
}

// TestPreCommit lets pre-commit install the hook and run it on a repository
// with a finding.
func TestPreCommit(t *testing.T) {
	if _, err := exec.LookPath("pre-commit"); err != nil {
		if os.Getenv("GOCONCLINT_E2E") == "required" {
			t.Fatal("no pre-commit on this machine, and GOCONCLINT_E2E=required")
		}
		t.Skip("no pre-commit on this machine")
	}
	hooks, dir := t.TempDir(), t.TempDir()
	for name := range strings.Lines(succeed(t, root, "git", "ls-files", "*.go", "go.mod", "go.sum", "cmd", "passes", ".pre-commit-hooks.yaml")) {
		if name = strings.TrimSpace(name); !strings.HasPrefix(name, "integrations/") && !strings.HasPrefix(name, "testdata/") {
			write(t, filepath.Join(hooks, name), read(t, name))
		}
	}
	commit(t, hooks)
	write(t, filepath.Join(dir, "go.mod"), "module example.com/orders\n\ngo 1.26\n")
	for _, name := range []string{"handler.go", "order.go"} {
		write(t, filepath.Join(dir, name), read(t, "testdata/tour/orders/"+name))
	}
	commit(t, dir)

	succeed(t, hooks, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
	modules := strings.TrimSpace(succeed(t, root, "go", "env", "GOMODCACHE"))
	store := filepath.Join(t.TempDir(), "store")
	t.Cleanup(func() { _, _ = run(t, ".", nil, "chmod", "-R", "u+w", store) })
	env := []string{"PRE_COMMIT_HOME=" + store, "GOMODCACHE=" + modules, "GOFLAGS=-buildvcs=false", "GOCONCLINT_CACHE=off"}
	out, status := run(t, dir, env, "pre-commit", "try-repo", hooks, "goconclint", "--all-files", "--verbose")
	if status != 1 || !strings.Contains(out, "handler.go:46:2: map h.accepted is written here") {
		t.Errorf("exit status %d, want 1 for the finding:\n%s", status, out)
	}
}

func commit(t *testing.T, dir string) {
	t.Helper()
	succeed(t, dir, "git", "init", "-q")
	succeed(t, dir, "git", "add", "-A")
	succeed(t, dir, "git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "all")
}

// TestReviewdog runs the recipe, with the terminal in the place of a service.
func TestReviewdog(t *testing.T) {
	recipe := block(t, "goconclint -fail-on=none -f rdjson ./... |")
	recipe = strings.NewReplacer("./...", "./testdata/tour/...", "-reporter=github-pr-review", "-reporter=local", "-filter-mode=added", "-filter-mode=nofilter").Replace(recipe)
	bin := t.TempDir()
	build(t, root, "./cmd/goconclint", filepath.Join(bin, "goconclint"))
	build(t, ".", "github.com/reviewdog/reviewdog/cmd/reviewdog", filepath.Join(bin, "reviewdog"))
	env := []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "GOCONCLINT_CACHE=off"}
	out, status := run(t, root, env, "sh", "-c", recipe)
	if status != 1 || !strings.Contains(out, `path:"testdata/tour/orders/handler.go"  range:{start:{line:46  column:2}`) || strings.Count(out, "severity:") != 7 {
		t.Errorf("exit status %d, want 1 and all findings of the tour:\n%s", status, out)
	}
}

// TestDockerfile parses the Dockerfile as Docker does, and holds that what it
// copies is all that the build needs.
func TestDockerfile(t *testing.T) {
	parsed, err := parser.Parse(bytes.NewReader([]byte(read(t, "Dockerfile"))))
	if err != nil {
		t.Fatal(err)
	}
	stages, _, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(stages) != 2 || len(parsed.Warnings) > 0 {
		t.Errorf("%d stages, warnings %v", len(stages), parsed.Warnings)
	}
	dir := t.TempDir()
	var copied []string
	for _, command := range stages[0].Commands {
		if c, ok := command.(*instructions.CopyCommand); ok {
			copied = append(copied, c.SourcePaths...)
		}
	}
	for name := range strings.Lines(succeed(t, root, "git", append([]string{"ls-files", "--"}, copied...)...)) {
		name = strings.TrimSpace(name)
		write(t, filepath.Join(dir, name), read(t, name))
	}
	for _, name := range copied {
		if !slices.Contains(strings.Split(read(t, ".dockerignore"), "\n"), "!"+name) {
			t.Errorf(".dockerignore hides %s", name)
		}
	}
	succeed(t, dir, "go", "build", "-o", filepath.Join(dir, "goconclint"), "./cmd/goconclint")
	if out := succeed(t, dir, "./goconclint", "version"); !strings.Contains(out, "goconclint") {
		t.Errorf("version: %s", out)
	}
}
