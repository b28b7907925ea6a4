package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/goconclint/goconclint/passes/suite"
)

// list shows all checks.
func list(w io.Writer, args []string) error {
	switch {
	case len(args) == 0:
		return table(w, suite.All())
	case len(args) == 1 && (args[0] == "-json" || args[0] == "--json"):
		return listJSON(w)
	}
	return errors.New("list takes no arguments but -json (for a package of that name write ./list)")
}

func table(w io.Writer, checks []suite.Check) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tGROUP\tDEFAULT\tCONFIDENCE\tSEVERITY\tREPORTS")
	for _, check := range checks {
		group, on := string(check.Group), "on"
		if group == "" {
			group = "-"
		}
		if !check.Default {
			on = "off"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", check.Name(), group, on, confidenceIn(check), check.Severity(), check.Page().Summary)
	}
	return t.Flush()
}

// confidenceIn is how often the findings of a check are right: high, nine
// times of ten or more, is what being on by default takes.
func confidenceIn(check suite.Check) string {
	if check.Default || check.Superseded != "" {
		return "high"
	}
	return "low"
}

// A listed is a check as "list -json" shows it; fields may be added.
type listed struct {
	Name       string       `json:"name"`
	Group      string       `json:"group,omitempty"`
	Default    bool         `json:"default"`
	Confidence string       `json:"confidence"`
	Severity   string       `json:"severity"`
	Since      string       `json:"since"`
	Bundled    bool         `json:"bundled,omitempty"`
	Summary    string       `json:"summary"`
	URL        string       `json:"url"`
	Flags      []listedFlag `json:"flags,omitempty"`
}

type listedFlag struct {
	Name    string `json:"name"`
	Default string `json:"default"`
	Usage   string `json:"usage"`
}

func listJSON(w io.Writer) error {
	var all []listed
	for _, check := range suite.All() {
		page := check.Page()
		l := listed{
			check.Name(), string(check.Group), check.Default, confidenceIn(check), check.Severity(), check.Since,
			check.Bundled, page.Summary, check.Analyzer.URL, nil,
		}
		for _, f := range page.Flags {
			if full := check.Name() + "." + f.Name; full != marksFlag {
				l.Flags = append(l.Flags, listedFlag{full, f.Default, f.Usage})
			}
		}
		all = append(all, l)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(all)
}
