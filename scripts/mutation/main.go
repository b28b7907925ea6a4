// Command mutation measures how many missing locks goconclint would find:
//
//	go run ./scripts/mutation [-v] [PACKAGE …]
//
// In packages that use locks well it takes out one lock at a time (all calls
// of Lock, Unlock, RLock and RUnlock on one field or variable) and counts how
// often that brings a new report of the right kind, one of the group races,
// in the right place, a function in which a call was taken out. Two columns
// are counted: what users see by default, and what they see with all checks
// on and findings of low confidence shown.
//
// A lock whose loss nothing in its package can make a race of counts all the
// same: the score is a floor under what is found, and can't reach everything.
package main

import (
	"flag"
	"fmt"
	"os"
	"text/tabwriter"

	"golang.org/x/tools/go/packages"
)

// standard are packages of the standard library that use locks.
var standard = []string{
	"database/sql", "net/http", "crypto/tls", "expvar", "go/token",
	"log/slog", "net/http/httptest", "net/rpc", "net/textproto",
}

func main() {
	verbose := flag.Bool("v", false, "say of each lock what was reported")
	flag.Parse()
	names := flag.Args()
	if len(names) == 0 {
		names = standard
	}
	if err := run(names, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

func run(names []string, verbose bool) error {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule}, names...)
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "package\tlocks\tdefault\tall\t")
	var total score
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			return pkg.Errors[0]
		}
		s, err := measure(pkg, verbose)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\t\n", pkg.PkgPath, s.locks, s.byDefault, s.all)
		total.locks, total.byDefault, total.all = total.locks+s.locks, total.byDefault+s.byDefault, total.all+s.all
	}
	fmt.Fprintf(out, "together\t%d\t%d\t%d\t\n", total.locks, total.byDefault, total.all)
	return out.Flush()
}

// A score counts the locks of a package and those whose loss is reported.
type score struct{ locks, byDefault, all int }

func measure(pkg *packages.Package, verbose bool) (score, error) {
	before, err := reports(pkg)
	if err != nil {
		return score{}, err
	}
	var s score
	for _, l := range locksOf(pkg) {
		mutant, err := l.without(pkg)
		if err != nil { // it was the only use of something
			continue
		}
		after, err := reports(mutant)
		if err != nil {
			return score{}, err
		}
		s.locks++
		hit := l.judge(before, after)
		if hit.shown != "" {
			s.byDefault++
		}
		if hit.any != "" {
			s.all++
		}
		if verbose {
			fmt.Printf("%s %s: %s\n", pkg.PkgPath, l.name, hit)
		}
	}
	return s, nil
}
