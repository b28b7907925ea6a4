// Package vettool is the face that speaks x/tools' protocols: the vet tool
// that "go vet -vettool" and Bazel's nogo run on one package at a time, and
// x/tools' own driver behind -multichecker. Both are multichecker.Main; what
// this package adds is which checks run and how little is done for packages
// that nobody asked about.
package vettool

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/suite"
)

// Called reports whether the arguments are those of the vet tool protocol:
// the two handshakes, or flags and the description of one package.
func Called(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") ||
		strings.HasSuffix(args[len(args)-1], ".cfg")
}

// Main speaks the protocol and doesn't return.
func Main(args []string, checks []suite.Check) {
	if unit, ok := dependency(args); ok {
		// go vet says nothing about dependencies, so neither do we: what is
		// wrong with one shows when its importer is analysed.
		summarize(unit, args[len(args)-1], factOwners(checks))
	}
	Multichecker(args, checks)
}

// Multichecker runs x/tools' driver, with its own flags and exit statuses,
// on the checks that the arguments ask for. It doesn't return.
func Multichecker(args []string, checks []suite.Check) {
	rewritten, err := rewrite(args, checks)
	if err != nil {
		fmt.Fprintf(os.Stderr, "goconclint: %v\n", err)
		os.Exit(2)
	}
	// The handshake lists what is registered here, so that go vet accepts
	// it; rewriting has taken it out of the arguments.
	selection.RegisterLists(flag.CommandLine, checks)
	os.Args = append(os.Args[:1:1], rewritten...)
	multichecker.Main(selection.Analyzers(checks)...)
}

// dependency reads the description of the package, if that is what the
// arguments end in, and reports whether it is analysed for its facts alone.
func dependency(args []string) (*unitchecker.Config, bool) {
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return nil, false // a handshake; else multichecker reports it
	}
	unit := new(unitchecker.Config)
	if err := json.Unmarshal(data, unit); err != nil {
		return nil, false
	}
	return unit, unit.VetxOnly
}

// summarize writes what importers need to know of a dependency: its types,
// and the facts that the analyzers own, which the standard library has none
// of. It doesn't return.
func summarize(unit *unitchecker.Config, config string, owners []*analysis.Analyzer) {
	if len(owners) > 0 && !isStandard(unit) {
		unitchecker.Run(config, owners)
	}
	if err := writeTypes(unit); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// isStandard reports whether the unit is a package of the standard library:
// of no module, and without a host in its path.
func isStandard(unit *unitchecker.Config) bool {
	first, _, _ := strings.Cut(unit.ImportPath, "/")
	return unit.ModulePath == "" && !strings.Contains(first, ".")
}

// factOwners returns the analyzers with facts on which the checks rest. The
// checks themselves have nothing to do on a dependency.
func factOwners(checks []suite.Check) []*analysis.Analyzer {
	var owners []*analysis.Analyzer
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if len(a.FactTypes) > 0 && !slices.Contains(owners, a) {
			owners = append(owners, a)
		}
		for _, required := range a.Requires {
			visit(required)
		}
	}
	for _, a := range selection.Analyzers(checks) {
		visit(a)
	}
	return owners
}
