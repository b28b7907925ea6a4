package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"

	"github.com/goconclint/goconclint/passes/schedule"
)

// A scorer analyses both sides of fixes.
type scorer struct {
	repos, work, command string
	flags                []string // for the command
	verbose              bool
	right                map[string][]string // the right checks for each kind
}

// prepare reads the table and builds the command.
func (s *scorer) prepare(table string) error {
	data, err := os.ReadFile(table)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &s.right); err != nil {
		return err
	}
	if s.work, err = filepath.Abs(s.work); err != nil || s.command != "" {
		return err
	}
	s.command = filepath.Join(s.work, "goconclint")
	build := exec.Command("go", "build", "-o", s.command, "./cmd/goconclint")
	build.Stderr = os.Stderr
	return build.Run()
}

// A finding is a report, its file as the repository names it.
type finding struct {
	Check   string  `json:"check"`
	File    string  `json:"file"`
	Line    int     `json:"line"`
	Message string  `json:"message"`
	Related []place `json:"related"`
}

// A place is one that a finding refers to.
type place struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// An outcome is what was reported for a record.
type outcome struct {
	failed        error // the package doesn't load on one of the sides
	before, after []finding
	hit, complete bool
}

func (o outcome) word() string {
	switch {
	case o.failed != nil:
		return "unloaded"
	case o.complete:
		return "complete"
	case o.hit:
		return "hit"
	}
	return "missed"
}

func (s *scorer) score(r record) outcome {
	var o outcome
	if o.before, o.failed = s.reports(r, r.Parent); o.failed != nil {
		return o
	}
	if o.after, o.failed = s.reports(r, r.Fix); o.failed != nil {
		return o
	}
	o.hit = reported(o.before, r.File, r.Before)
	o.complete = o.hit && len(r.After) > 0 && !reported(o.after, r.File, r.After)
	return o
}

// within is how many lines a report may be off.
const within = 2

// reported reports whether a finding is at one of the lines, or its schedule
// ends there.
func reported(list []finding, file string, lines []int) bool {
	near := func(f string, line int) bool {
		return f == file && slices.ContainsFunc(lines, func(n int) bool { return max(line-n, n-line) <= within })
	}
	return slices.ContainsFunc(list, func(f finding) bool {
		if near(f.File, f.Line) {
			return true
		}
		if len(f.Related) == 0 {
			return false
		}
		last := f.Related[len(f.Related)-1]
		_, step := schedule.Decode(last.Message)
		return step && near(last.File, last.Line)
	})
}

// reports returns what the right checks say about the record's package at a
// commit.
func (s *scorer) reports(r record, commit string) ([]finding, error) {
	tree, err := s.checkOut(r, commit)
	if err != nil {
		return nil, err
	}
	inModule, err := filepath.Rel(r.Module, filepath.FromSlash(r.Package))
	if err != nil {
		return nil, err
	}
	run := exec.Command(s.command, slices.Concat(s.flags, []string{"-json", "./" + filepath.ToSlash(inModule)})...)
	run.Dir = filepath.Join(tree, r.Module)
	var out, problems bytes.Buffer
	run.Stdout, run.Stderr = &out, &problems
	if err := run.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		return nil, err
	}
	var document struct {
		Findings []finding `json:"findings"`
		Problems []place   `json:"problems"`
	}
	if err := json.Unmarshal(out.Bytes(), &document); err != nil {
		return nil, fmt.Errorf("%w: %s", err, problems.Bytes())
	}
	if len(document.Problems) > 0 {
		return nil, errors.New(document.Problems[0].Message)
	}
	list := slices.DeleteFunc(document.Findings, func(f finding) bool { return !slices.Contains(s.right[r.Kind], f.Check) })
	for i := range list {
		f := &list[i]
		f.File = path.Join(r.Module, f.File)
		for j := range f.Related {
			f.Related[j].File = path.Join(r.Module, f.Related[j].File)
		}
	}
	return list, nil
}
