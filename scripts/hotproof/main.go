// Hotproof shows what the suggestions of the group hot are worth: for each
// proof in testdata/hotproof it runs a benchmark, applies what goconclint
// suggests, runs the benchmark again, and writes the table in docs/hot.md.
//
//	go run ./scripts/hotproof [-goconclint path] [-count n] [name…]
//
// With names, only these rows of the table are renewed.
//
// A proof is a txtar file. Its comment says which check speaks (check), where
// (package: an import path of the standard library, or . for the files of the
// proof itself; file; says: a part of the message), and what is measured
// (bench). The files are laid over the package, so that nothing is written
// into GOROOT. Where the check has no fix, pairs of files named old and new
// hold the edit that its message asks for.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/imports"
	"golang.org/x/tools/txtar"
)

const (
	proofs = "testdata/hotproof"
	page   = "docs/hot.md"
	begin  = "<!-- proofs: written by scripts/hotproof -->\n"
	end    = "<!-- end of proofs -->\n"
)

func main() {
	tool := flag.String("goconclint", "", "the program to ask; none means that of this module")
	count := flag.Int("count", 5, "how often each benchmark is run on each side; the best counts")
	flag.Parse()
	if err := run(*tool, *count, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "hotproof:", err)
		os.Exit(1)
	}
}

func run(tool string, count int, names []string) error {
	paths, err := filepath.Glob(filepath.Join(proofs, "*.txtar"))
	if err != nil || len(paths) == 0 {
		return errors.New("no proofs: start it in the repository's root")
	}
	if tool == "" {
		dir, err := os.MkdirTemp("", "hotproof")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		tool = filepath.Join(dir, "goconclint")
		if out, err := exec.Command("go", "build", "-o", tool, "./cmd/goconclint").CombinedOutput(); err != nil {
			return fmt.Errorf("building goconclint: %w\n%s", err, out)
		}
	}
	var rows []string
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		row, err := prove(tool, count, path)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Println(row)
		rows = append(rows, row)
	}
	return publish(rows, len(names) > 0)
}

// A proof is one file of testdata/hotproof.
type proof struct {
	what, check, pkg, file, says, bench string

	dir   string // where the go command runs
	src   string // the package's folder
	work  string // scratch
	files []txtar.File
}

func prove(tool string, count int, path string) (string, error) {
	p, err := open(path)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(p.work)
	fixed, by, err := p.fixed(tool)
	if err != nil {
		return "", err
	}
	before, after, err := p.compare(count, fixed)
	if err != nil {
		return "", err
	}
	where := "own"
	if p.pkg != "." {
		where = "`" + p.pkg + "`"
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %d → %d | %d → %d | %.2f |", p.what, p.check, where, by,
		before.allocs, after.allocs, before.bytes, after.bytes, after.cpu/before.cpu), nil
}

func open(path string) (*proof, error) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		return nil, err
	}
	p := &proof{files: archive.Files}
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "what":
			p.what = value
		case "check":
			p.check = value
		case "package":
			p.pkg = value
		case "file":
			p.file = value
		case "says":
			p.says = value
		case "bench":
			p.bench = value
		}
	}
	if p.what == "" || p.check == "" || p.pkg == "" || p.file == "" || p.bench == "" {
		return nil, errors.New("what, check, package, file or bench is missing")
	}
	if p.work, err = os.MkdirTemp("", "hotproof"); err != nil {
		return nil, err
	}
	return p, p.lay()
}

// lay puts the proof's own files into place.
func (p *proof) lay() error {
	if p.pkg != "." {
		goroot, err := exec.Command("go", "env", "GOROOT").Output()
		p.dir = filepath.Join(strings.TrimSpace(string(goroot)), "src")
		p.src = filepath.Join(p.dir, filepath.FromSlash(p.pkg))
		return err
	}
	p.dir = filepath.Join(p.work, "module")
	p.src = p.dir
	if err := os.Mkdir(p.dir, 0o700); err != nil {
		return err
	}
	version := strings.Join(strings.Split(strings.TrimPrefix(runtime.Version(), "go"), ".")[:2], ".")
	if err := os.WriteFile(filepath.Join(p.dir, "go.mod"), []byte("module example.com/proof\n\ngo "+version+"\n"), 0o600); err != nil {
		return err
	}
	for _, f := range p.files {
		if strings.HasSuffix(f.Name, ".go") {
			if err := os.WriteFile(filepath.Join(p.dir, f.Name), f.Data, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// overlay writes what the go command's -overlay reads: the proof's files over
// a package of others, and the changed file.
func (p *proof) overlay(changed map[string][]byte) (string, error) {
	replace := make(map[string]string)
	put := func(path string, data []byte) error {
		to := filepath.Join(p.work, fmt.Sprintf("over%d_%s", len(replace), filepath.Base(path)))
		replace[path] = to
		return os.WriteFile(to, data, 0o600)
	}
	if p.pkg != "." {
		for _, f := range p.files {
			if strings.HasSuffix(f.Name, ".go") {
				if err := put(filepath.Join(p.src, f.Name), f.Data); err != nil {
					return "", err
				}
			}
		}
	}
	for path, data := range changed {
		if err := put(path, data); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(p.work, "overlay.json")
	return path, os.WriteFile(path, text, 0o600)
}

// fixed returns the file as the suggestion leaves it, and who applied it.
func (p *proof) fixed(tool string) (map[string][]byte, string, error) {
	path := filepath.Join(p.src, p.file)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	found, err := p.ask(tool)
	if err != nil {
		return nil, "", err
	}
	by := "fix"
	var text []byte
	if len(found.Fixes) > 0 {
		text, err = found.Fixes[0].apply(content)
	} else {
		by = "by hand"
		text, err = p.byHand(content)
	}
	if err != nil {
		return nil, "", err
	}
	text, err = imports.Process(path, text, nil)
	return map[string][]byte{path: text}, by, err
}

func (p *proof) byHand(content []byte) ([]byte, error) {
	var old []byte
	edits := 0
	for _, f := range p.files {
		switch f.Name {
		case "old":
			old = f.Data
		case "new":
			if bytes.Count(content, old) != 1 {
				return nil, fmt.Errorf("the old text stands %d times in %s", bytes.Count(content, old), p.file)
			}
			content = bytes.Replace(content, old, f.Data, 1)
			edits++
		}
	}
	if edits == 0 {
		return nil, errors.New("the check has no fix, and the proof no edit")
	}
	return content, nil
}

// publish writes the table into the page, or with some rows only puts these
// in the place of what it says about the same.
func publish(rows []string, some bool) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	head, rest, ok1 := strings.Cut(string(text), begin)
	table, tail, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		return fmt.Errorf("%s has no place for the table", page)
	}
	if some {
		return os.WriteFile(page, []byte(head+begin+replaced(table, rows)+end+tail), 0o600)
	}
	table = "| suggestion | check | on | applied | allocs/op | B/op | time |\n| --- | --- | --- | --- | --- | --- | --- |\n" +
		strings.Join(rows, "\n") + "\n"
	return os.WriteFile(page, []byte(head+begin+table+end+tail), 0o600)
}

// replaced returns the table with rows renewed; those it doesn't have yet
// come last.
func replaced(table string, rows []string) string {
	subject := func(row string) string { return strings.Join(strings.SplitN(row, "|", 5)[:4], "|") }
	lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
	for _, row := range rows {
		i := slices.IndexFunc(lines, func(line string) bool {
			return strings.Count(line, "|") > 4 && subject(line) == subject(row)
		})
		if i < 0 {
			lines = append(lines, row)
			continue
		}
		lines[i] = row
	}
	return strings.Join(lines, "\n") + "\n"
}
