package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/fix"
	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// fixing holds the flags about fixes.
type fixing struct {
	apply bool // -fix
	ask   bool // -i
	diff  bool // -diff
}

func (f *fixing) validate() error {
	switch {
	case f.apply && f.diff:
		return errors.New("-fix writes and -diff only shows: use one of them")
	case f.ask && !f.apply:
		return errors.New("-i asks which fixes to apply: use it with -fix")
	case f.ask && !isTerminal(os.Stdin):
		return errors.New("-fix -i asks on a terminal, and standard input isn't one")
	}
	return nil
}

// repair applies the fixes of what is found, or shows them, and returns what
// there is to say afterwards: of a tree that was changed it is analysed anew,
// since nothing is where it was.
func (o *options) repair(ctx context.Context, report output.Report, base output.Base) (output.Report, bool, error) {
	wanted := report
	o.view.sift(&wanted)
	choices := fix.First(wanted.Findings)
	if o.fixing.ask {
		var err error
		if choices, err = o.ask(ctx, choices, base); err != nil {
			return report, false, err
		}
	}
	plan, err := fix.Make(choices)
	if err != nil {
		return report, false, err
	}
	for _, c := range plan.Conflicts {
		fmt.Fprintf(os.Stderr, "goconclint: %s: the fix of %s is left out: it changes what the fix at %s changes; run again for it\n",
			base.Position(c.Left.Finding.Range.Start), c.Left.Finding.Check, base.Position(c.For.Finding.Range.Start))
	}
	if o.fixing.diff {
		return report, true, o.view.terminal(base).Diff(os.Stdout, plan.Diff(base.Path))
	}
	if len(plan.Changes) == 0 {
		return report, false, nil
	}
	if err := o.stillCompiles(ctx, plan, report.Problems, base); err != nil {
		return report, false, err
	}
	if err := plan.Write(); err != nil {
		return report, false, err
	}
	fmt.Fprintf(os.Stderr, "goconclint: fixed %d of %s in %s\n", len(plan.Done), counted(len(wanted.Findings), "finding"), counted(len(plan.Changes), "file"))
	again, _, err := analyze(ctx, o)
	return again, false, err
}

// counted writes a number of things.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// stillCompiles type-checks the packages as they would become. Nothing is
// written before that.
func (o *options) stillCompiles(ctx context.Context, plan *fix.Plan, before []finding.Problem, base output.Base) error {
	overlay := make(map[string][]byte)
	for _, c := range plan.Changes {
		overlay[c.File] = c.New
	}
	result, err := drive.Run(ctx, drive.Options{Dir: o.dir, Patterns: o.patterns, Tags: o.tags, Tests: o.tests, Overlay: overlay})
	if err != nil {
		return fmt.Errorf("nothing is fixed: %w", err)
	}
	known := make(map[string]bool)
	for _, p := range before {
		known[p.Message] = true
	}
	for _, p := range result.Problems {
		if !known[p.Message] {
			return fmt.Errorf("nothing is fixed: the code wouldn't compile any more: %s: %s", base.Position(p.Range.Start), p.Message)
		}
	}
	return nil
}

// ask shows each finding with what its fixes would change, and lets the user
// choose.
func (o *options) ask(ctx context.Context, choices []fix.Choice, base output.Base) ([]fix.Choice, error) {
	in := linesOf(ctx, os.Stdin)
	var chosen []fix.Choice
	for i, c := range choices {
		fmt.Printf("\n%d of %d\n", i+1, len(choices))
		o.showChoice(c, base)
		answer := prompt(ctx, in, os.Stdout, len(c.Finding.Fixes))
		switch {
		case ctx.Err() != nil:
			fmt.Println()
			return nil, errInterrupted
		case answer == "q":
			return chosen, nil
		case answer == "a":
			return append(chosen, choices[i:]...), nil
		case answer == "n":
		default:
			number, _ := strconv.Atoi(answer) // "y" is 0
			c.Fix = c.Finding.Fixes[max(number, 1)-1]
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}

// errInterrupted says that somebody pressed Ctrl-C at a question.
var errInterrupted = errors.New("interrupted: nothing is fixed")

// linesOf returns the lines that are read, until there are no more or nobody
// waits for them.
func linesOf(ctx context.Context, r io.Reader) <-chan string {
	lines := make(chan string)
	go func() { // while nothing is typed it waits, at most until the process ends
		defer close(lines)
		for scanner := bufio.NewScanner(r); scanner.Scan(); {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

func (o *options) showChoice(c fix.Choice, base output.Base) {
	view := o.view.terminal(base)
	view.Finding(os.Stdout, c.Finding, new(source.Files))
	for i, alternative := range c.Finding.Fixes {
		fmt.Printf("fix %d: %s\n", i+1, alternative.Message)
		plan, err := fix.Make([]fix.Choice{{Finding: c.Finding, Fix: alternative}})
		if err != nil {
			fmt.Println(err)
			continue
		}
		_ = view.Diff(os.Stdout, plan.Diff(base.Path)) // the question behind it fails too
	}
}

// prompt asks until it gets an answer: y, n, a, q, or the number of a fix.
// The end of the input means q, and so does that of ctx.
func prompt(ctx context.Context, in <-chan string, out io.Writer, fixes int) string {
	question, which := "apply it? [y]es, [n]o, [a]ll from here on, [q]uit: ", "ynaq"
	if fixes > 1 {
		question = fmt.Sprintf("apply which? 1-%d, [n]o, the first of [a]ll from here on, [q]uit: ", fixes)
	}
	for {
		fmt.Fprint(out, question)
		select {
		case line, more := <-in:
			if !more {
				return "q"
			}
			answer := strings.ToLower(strings.TrimSpace(line))
			if n, bad := strconv.Atoi(answer); bad == nil && 1 <= n && n <= fixes {
				return answer
			}
			if answer != "" && strings.Contains(which, answer[:1]) {
				return answer[:1]
			}
		case <-ctx.Done():
			return "q"
		}
	}
}

// recoverFixes finishes what a run of -fix that was killed has begun.
func recoverFixes(base output.Base) error {
	finished, err := fix.Recover()
	if n := len(finished); n > 0 {
		where := base.Path(finished[0])
		if n > 1 {
			where += fmt.Sprintf(" and %d more", n-1)
		}
		fmt.Fprintf(os.Stderr, "goconclint: finished what a -fix that was killed had begun, in %s\n", where)
	}
	return err
}
