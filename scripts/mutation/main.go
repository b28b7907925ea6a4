// Command mutation measures how many missing locks goconclint would find:
//
//	go run ./scripts/mutation [-v] [-functions N] [PACKAGE …]
//
// In packages that use locks well it takes out one lock at a time, all calls
// of Lock, Unlock, RLock and RUnlock on one field or variable, and then the
// same in one function alone, for up to N functions of each lock. It counts
// how often that brings a new report of the right kind, one of the group
// races, in the right place, a function in which a call was taken out. Three
// columns are counted for each: what users see by default, with all checks
// on, and with findings of low confidence as well.
//
// A lock whose loss nothing in its package can make a race of counts all the
// same: the score is a floor under what is found, and can't reach everything.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"golang.org/x/tools/go/packages"
)

// standard are packages of the standard library that use locks.
var standard = []string{
	"database/sql", "net/http", "crypto/tls", "go/token", "net", "net/rpc", "net/textproto", "testing",
}

func main() {
	verbose := flag.Bool("v", false, "say of each lock what was reported")
	functions := flag.Int("functions", 3, "from how many functions each lock is taken out alone")
	flag.Parse()
	names := flag.Args()
	if len(names) == 0 {
		names = standard
	}
	if err := run(names, *functions, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

func run(names []string, functions int, verbose bool) error {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule}, names...)
	if err != nil {
		return err
	}
	log := io.Discard
	if verbose {
		log = os.Stdout
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "package\tlocks\tdefault\ton\tlow\tfunctions\tdefault\ton\tlow\t")
	var together result
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			return pkg.Errors[0]
		}
		r, err := measure(log, pkg, functions)
		if err != nil {
			return err
		}
		r.show(out, pkg.PkgPath)
		together.locks.add(r.locks)
		together.functions.add(r.functions)
	}
	together.show(out, "together")
	return out.Flush()
}

// A result is that of a package.
type result struct{ locks, functions score }

func (r result) show(out io.Writer, name string) {
	l, f := r.locks, r.functions
	fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", name,
		l.tried, l.byDefault, l.shown, l.hidden, f.tried, f.byDefault, f.shown, f.hidden)
}

// A score counts what was taken out, and how often that was reported.
type score struct{ tried, byDefault, shown, hidden int }

func (s *score) add(t score) {
	s.tried += t.tried
	s.byDefault += t.byDefault
	s.shown += t.shown
	s.hidden += t.hidden
}

func (s *score) count(h hit) {
	s.tried++
	for _, way := range []struct {
		n      *int
		report string
	}{{&s.byDefault, h.byDefault}, {&s.shown, h.shown}, {&s.hidden, h.hidden}} {
		if way.report != "" {
			*way.n++
		}
	}
}

// measure takes out the locks of a package, one at a time, and says of each on
// log what was reported.
func measure(log io.Writer, pkg *packages.Package, functions int) (result, error) {
	before, err := reports(pkg)
	if err != nil {
		return result{}, err
	}
	var r result
	try := func(l *lock, s *score, where string) error {
		mutant, err := l.without(pkg)
		if err != nil { // it was the only use of something
			return nil
		}
		after, err := reports(mutant)
		if err != nil {
			return err
		}
		h := l.judge(before, after)
		s.count(h)
		_, err = fmt.Fprintf(log, "%s %s, %s: %s\n", pkg.PkgPath, l.name, where, h)
		return err
	}
	for _, l := range locksOf(pkg) {
		if err := try(l, &r.locks, "everywhere"); err != nil {
			return result{}, err
		}
		for _, part := range l.parts(functions) {
			if err := try(part, &r.functions, part.funcs[0].Name.Name); err != nil {
				return result{}, err
			}
		}
	}
	return r, nil
}
