package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// list shows the checks: all, or those of the groups that are named.
func list(w io.Writer, args []string) error {
	checks, write := suite.All(), table
	if len(args) > 0 && (args[0] == "-json" || args[0] == "--json") {
		write, args = listJSON, args[1:]
	}
	if len(args) > 0 {
		checks = nil
	}
	for _, name := range args {
		members := suite.In(suite.Group(name))
		if name == selection.All {
			members = suite.All()
		}
		if len(members) == 0 {
			return fmt.Errorf("list takes -json and groups, and %s is no group%s; there are %s",
				name, directive.DidYouMean(name, selection.Groups()), strings.Join(selection.Groups(), ", "))
		}
		checks = append(checks, members...)
	}
	return write(w, checks)
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
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", check.Name(), group, on, confidenceIn(check), check.Severity(), strings.TrimPrefix(check.Page().Summary, "report "))
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
	Since   string `json:"since"`
}

func listJSON(w io.Writer, checks []suite.Check) error {
	var all []listed
	for _, check := range checks {
		page := check.Page()
		l := listed{
			check.Name(), string(check.Group), check.Default, confidenceIn(check), check.Severity(), check.Since,
			check.Bundled, page.Summary, check.Analyzer.URL, nil,
		}
		for _, f := range page.Flags {
			if full := check.Name() + "." + f.Name; full != selection.Marks {
				l.Flags = append(l.Flags, listedFlag{full, f.Default, f.Usage, f.Since})
			}
		}
		all = append(all, l)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(all)
}
