package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// What is read of goconclint -json (docs/json.md).
type (
	report struct {
		Findings []finding `json:"findings"`
		Problems []struct {
			Message string `json:"message"`
		} `json:"problems"`
	}
	finding struct {
		File    string `json:"file"`
		Message string `json:"message"`
		Fixes   []fix  `json:"fixes"`
	}
	fix struct {
		Edits []change `json:"edits"`
	}
	change struct {
		File       string
		Start, End int
		New        string
	}
)

// ask runs the check on the package and returns the finding that the proof is
// about. A check that needs to know what is hot is given a profile of the
// benchmark, unless the proof's own code is marked.
func (p *proof) ask(tool string) (finding, error) {
	args := []string{"-json", "-" + p.check}
	if p.pkg != "." && (p.check == "hotalloc" || p.check == "hotpointer") {
		profile, err := p.profile()
		if err != nil {
			return finding{}, err
		}
		args = append(args, "-"+p.check+".profile="+profile)
	}
	cmd := exec.Command(tool, append(args, p.pkg)...)
	cmd.Dir = p.dir
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return finding{}, err
	}
	var r report
	if err := json.Unmarshal(out, &r); err != nil {
		return finding{}, err
	}
	for _, f := range r.Findings {
		if filepath.Base(f.File) == p.file && strings.Contains(f.Message, p.says) {
			return f, nil
		}
	}
	return finding{}, fmt.Errorf("%s finds nothing that says %q in %s: %s", p.check, p.says, p.file, out)
}

// profile measures the benchmark with a profile.
func (p *proof) profile() (string, error) {
	overlay, err := p.overlay(nil)
	if err != nil {
		return "", err
	}
	path := filepath.Join(p.work, "cpu.pprof")
	cmd := exec.Command("go", "test", "-run", "^$", "-bench", "^"+p.bench+"$", "-benchtime", "1s", "-overlay", overlay,
		"-cpuprofile", path, "-o", filepath.Join(p.work, "profiled.test"), p.pkg)
	cmd.Dir = p.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go test: %w\n%s", err, out)
	}
	return path, nil
}

// apply makes the fix's edits, which all are in one file.
func (f fix) apply(content []byte) ([]byte, error) {
	edits := slices.Clone(f.Edits)
	slices.SortStableFunc(edits, func(a, b change) int { return a.Start - b.Start })
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		if e.File != edits[0].File || e.Start < last || e.End > len(content) {
			return nil, errors.New("the fix isn't one of a single file")
		}
		out.Write(content[last:e.Start])
		out.WriteString(e.New)
		last = e.End
	}
	out.Write(content[last:])
	return out.Bytes(), nil
}
