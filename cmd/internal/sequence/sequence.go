// Package sequence tells a finding's schedule to people: the steps that
// package schedule encodes, in words, with names for the goroutines.
package sequence

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
	"github.com/goconclint/goconclint/passes/schedule"
)

// A Sequence is what the goroutines of a finding do, in the order of time.
type Sequence struct {
	Goroutines []Goroutine // in the order in which they appear
	Steps      []Step      // one for each related position of the finding
}

// A Goroutine is one of the columns in which a sequence is drawn.
type Goroutine struct {
	Number int    // as the schedule numbers it; 0 is where it begins
	Name   string // what it runs: "Pool.Start", "p.worker", "func:31"; no two are equal
}

// A Step is one thing that one goroutine does.
type Step struct {
	schedule.Step
	Column int // index of the goroutine
	Target int // index of the goroutine that is started or met, -1 for none
	Range  finding.Range
	Text   string // "locks p.mu", without the goroutine
	Waits  bool   // it never gets further
	Last   bool   // one of the operations to blame
	name   string
}

// Sentence is the step with its goroutine.
func (s Step) Sentence() string { return s.name + " " + s.Text }

// Of returns the sequence of a finding. It is empty if the related positions
// aren't the steps of a schedule.
func Of(f finding.Finding, files *source.Files) Sequence {
	var s Sequence
	columns := make(map[int]int)
	column := func(goroutine int) int {
		if goroutine < 0 {
			return -1
		}
		i, ok := columns[goroutine]
		if !ok {
			i = len(s.Goroutines)
			columns[goroutine] = i
			s.Goroutines = append(s.Goroutines, Goroutine{Number: goroutine})
		}
		return i
	}
	for _, related := range f.Related {
		step, ok := schedule.Decode(related.Message)
		if !ok {
			return Sequence{}
		}
		s.Steps = append(s.Steps, Step{
			Step:   step,
			Column: column(step.Goroutine),
			Target: column(step.Other),
			Range:  related.Range,
			Waits:  strings.HasPrefix(step.Action, blocked),
		})
	}
	s.name(files)
	s.markLast()
	for i := range s.Steps {
		step := &s.Steps[i]
		step.name = s.Goroutines[step.Column].Name
		step.Text = s.words(*step)
	}
	return s
}

// markLast marks what is to blame: all that are blocked, else the last step,
// and in a race also the one before.
func (s *Sequence) markLast() {
	last := len(s.Steps) - 1
	if last < 0 {
		return
	}
	s.Steps[last].Last = true
	for i := range s.Steps {
		s.Steps[i].Last = s.Steps[i].Last || s.Steps[i].Waits
	}
	if last > 0 && isAccess(s.Steps[last]) && isAccess(s.Steps[last-1]) && s.Steps[last].Column != s.Steps[last-1].Column {
		s.Steps[last-1].Last = true
	}
}

func isAccess(s Step) bool {
	return strings.HasSuffix(s.Action, "read") || strings.HasSuffix(s.Action, "write")
}

// name gives each goroutine the name of what it runs.
func (s *Sequence) name(files *source.Files) {
	for _, step := range s.Steps {
		if step.Target >= 0 && step.Action == "go" {
			s.Goroutines[step.Target].Name = started(files, step.Range.Start)
		}
	}
	taken := make(map[string]int)
	for i := range s.Goroutines {
		g := &s.Goroutines[i]
		if g.Name == "" {
			g.Name = s.running(files, i)
		}
		taken[g.Name]++
		if n := taken[g.Name]; n > 1 {
			g.Name = fmt.Sprintf("%s #%d", g.Name, n)
		}
	}
}

// running returns the function in which a goroutine does its first step.
func (s *Sequence) running(files *source.Files, column int) string {
	for _, step := range s.Steps {
		if step.Column != column {
			continue
		}
		if name := files.Function(step.Range.Start.File, step.Range.Start.Line); name != "" {
			return name
		}
		break
	}
	return fmt.Sprintf("goroutine %d", s.Goroutines[column].Number)
}

// started returns what the statement at a position starts: the called
// function as it is spelled, or the line of a function literal.
func started(files *source.Files, at finding.Position) string {
	literal := fmt.Sprintf("func:%d", at.Line)
	line, ok := files.Line(at.File, at.Line)
	if !ok || at.Column < 1 || at.Column > len(line) {
		return literal
	}
	text := line[at.Column-1:]
	call, isGo := strings.CutPrefix(text, "go ")
	if !isGo {
		if _, call, isGo = strings.Cut(text, ".Go("); !isGo {
			return literal
		}
	}
	end := strings.IndexFunc(call, func(r rune) bool { return strings.ContainsRune("()[]{}, \t", r) })
	if end < 0 {
		end = len(call)
	}
	if name := call[:end]; name != "" && name != "func" {
		return name
	}
	return literal
}

// Place writes where a step is, short: the file's name and the line.
func Place(at finding.Position) string {
	return fmt.Sprintf("%s:%d", filepath.Base(at.File), at.Line)
}
