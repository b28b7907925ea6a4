package selection

import (
	"flag"
	"io"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/suite"
)

// checks is a small suite: two groups, one of them with a check that is off.
func checks() []suite.Check {
	check := func(name string, group suite.Group, on bool) suite.Check {
		return suite.Check{Analyzer: &analysis.Analyzer{Name: name}, Group: group, Default: on, Since: "v0.1.0"}
	}

	return []suite.Check{
		check("directive", "", true),
		check("mapguard", suite.Races, true),
		check("maporder", suite.Races, false),
		check("neverclosed", suite.Channels, true),
		check("hotpointer", suite.Hot, false),
	}
}

func TestAsOf(t *testing.T) {
	young := checks()
	young[1].Since = "v0.2.0" // mapguard
	for _, test := range []struct{ args, want string }{
		{"", "directive mapguard neverclosed"},
		{"-as-of=v0.1.0", "directive neverclosed"},
		{"-as-of=0.1", "directive neverclosed"},
		{"-as-of=v0.2.0", "directive mapguard neverclosed"},
		{"-as-of=v0.1.0 -mapguard", "mapguard"},
		{"-as-of=v0.1.0 -enable=mapguard", "directive mapguard neverclosed"},
		{"-as-of=v0.1.0 -enable=races", "directive maporder neverclosed"},
		{"-as-of=v0.0.1", "error: the flags leave no check to run"},
		{"-as-of=yesterday", `error: invalid value "yesterday" for flag -as-of: want a version such as v0.1.0`},
	} {
		if got := choose(young, strings.Fields(test.args)); got != test.want {
			t.Errorf("%s: got  %s\nwant %s", test.args, got, test.want)
		}
	}
}

// TestAsOfKinds shows that kinds of findings that came later than their check
// are turned off with -as-of.
func TestAsOfKinds(t *testing.T) {
	young := checks()
	young[1].Later = map[string]string{"reads": "v0.3.0", "clear": "v0.2.0"} // mapguard
	for asOf, want := range map[string]string{
		"":       "",
		"v0.1.0": "mapguard.clear mapguard.reads",
		"v0.2.0": "mapguard.reads",
		"v0.3.0": "",
	} {
		set := flag.NewFlagSet("", flag.ContinueOnError)
		flags := Register(set, young)
		if asOf != "" {
			if err := set.Parse([]string{"-as-of=" + asOf}); err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.Join(flags.TooYoung(), " "); got != want {
			t.Errorf("as of %s, %s are turned off, want %s", asOf, got, want)
		}
	}
}

func TestChecks(t *testing.T) {
	tests := []struct{ args, want string }{
		{"", "directive mapguard neverclosed"},
		{"-mapguard", "mapguard"},
		{"-mapguard=true -hotpointer", "mapguard hotpointer"},
		{"-mapguard=false", "directive neverclosed"},
		{"-mapguard -mapguard=false", "directive neverclosed"},
		{"-mapguard -neverclosed=false", "mapguard"},
		{"-group=races", "mapguard maporder"},
		{"-group races -group=hot", "mapguard maporder hotpointer"},
		{"-group=races,hot", "mapguard maporder hotpointer"},
		{"-group=races -maporder=false", "mapguard"},
		{"-group=races -neverclosed", "mapguard maporder neverclosed"},
		{"-group=all", "directive mapguard maporder neverclosed hotpointer"},
		{"-enable=hotpointer", "directive mapguard neverclosed hotpointer"},
		{"-enable=races,hotpointer", "directive mapguard maporder neverclosed hotpointer"},
		{"-enable=maporder -mapguard=false", "directive maporder neverclosed"},
		{"-mapguard -enable=hotpointer", "mapguard hotpointer"},
		{"-enable=hotpointer -hotpointer=false", "directive mapguard neverclosed"},
		{"-enable=", "directive mapguard neverclosed"},

		// By name before by group before all, and else the last.
		{"-disable=races", "directive neverclosed"},
		{"-disable=races,neverclosed", "directive"},
		{"-disable=mapguard", "directive neverclosed"},
		{"-disable=races -enable=mapguard", "directive mapguard neverclosed"},
		{"-disable=races -mapguard", "mapguard"},
		{"-disable=mapguard -enable=races", "directive maporder neverclosed"},
		{"-disable=mapguard -enable=mapguard", "directive mapguard neverclosed"},
		{"-enable=mapguard -disable=mapguard", "directive neverclosed"},
		{"-mapguard=false -enable=mapguard", "directive mapguard neverclosed"},
		{"-disable=races -group=races", "mapguard maporder"},
		{"-group=races,channels -disable=races", "neverclosed"},
		{"-enable=all -disable=races", "directive neverclosed hotpointer"},
		{"-disable=all -enable=races", "mapguard maporder"},

		{"-group=race", `error: invalid value "race" for flag -group: no such group (did you mean races?); there are races, channels, locks, panics, defers, hot, all`},
		{"-group=mapguard", `error: invalid value "mapguard" for flag -group: no such group; there are races, channels, locks, panics, defers, hot, all`},
		{"-enable=mapgaurd", `error: invalid value "mapgaurd" for flag -enable: no such check or group (did you mean mapguard?); goconclint list shows them`},
		{"-disable=lock", `error: invalid value "lock" for flag -disable: no such check or group (did you mean locks?); goconclint list shows them`},
		{"-maporder -maporder=false -group=locks", "error: the flags leave no check to run"},
		{"-mapguard=perhaps", `error: invalid boolean value "perhaps" for -mapguard: want true or false`},
	}
	for _, test := range tests {
		t.Run(test.args, func(t *testing.T) {
			if got := choose(checks(), strings.Fields(test.args)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// choose returns the names of the checks that the arguments mean, or the error.
func choose(checks []suite.Check, args []string) string {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	flags := Register(set, checks)
	if err := set.Parse(args); err != nil {
		return "error: " + err.Error()
	}
	chosen, err := flags.Checks()
	if err != nil {
		return "error: " + err.Error()
	}
	var names []string
	for _, a := range Analyzers(chosen) {
		names = append(names, a.Name)
	}
	return strings.Join(names, " ")
}

func TestJudgesComments(t *testing.T) {
	all := checks()
	if !JudgesComments(all) || JudgesComments(all[1:]) {
		t.Error("the check of comments is told by its name")
	}
}
