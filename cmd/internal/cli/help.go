package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// usageText fits a terminal of 24 lines.
const usageText = `goconclint finds concurrency, panic, defer and hot-path mistakes in Go code.

usage:  goconclint [flags] [packages]   as for go build; . by default

Choose    -NAME, -NAME=false     only the check NAME, or all but it
          -enable, -disable LIST also, or not, these checks or groups
          -group LIST            only %s
          -confidence low        also findings that are right less often
          -C DIR, -tags LIST, -tests=false, -config FILE, -as-of VERSION
Show      -f FORMAT[=FILE]       text, line, json, sarif, html ...; repeatable
          -new-from REVISION     only findings on lines changed since, in git
          -baseline FILE         without the findings that it knows
          -fail-on WORD          findings, errors (only these) or none
Repair    -diff, -fix, -fix -i   show fixes, apply them, ask about each
Commands  explain NAME           a check, with wrong and right code
          list [GROUP]           the checks
          ignore PLACE NAME WHY  silence a check at path:line
          baseline config merge hot lsp cache completion man version
          help flags, help commands, help NAME for all that there is to say

Exit status: 0 clean, 1 findings, 2 something couldn't be analysed or asked.
As a vet tool: go vet -vettool=$(which goconclint) [packages]
`

const commandText = `goconclint [flags] [packages]    packages as for go build; . by default
goconclint explain NAME          a check with wrong and right code
goconclint help NAME             a check or a group in short; or: flags, commands
goconclint list [-json] [GROUP]  the checks
goconclint ignore PLACE NAME WHY silence a check at path:line
goconclint baseline write|check  keep what is known, show what is new
goconclint config WORD           schema, init, verify or flags
goconclint merge FILE...         join reports that -f json wrote
goconclint hot [-profile file]   lines ranked by what memory costs there
goconclint lsp [flags]           the language server, for editors
goconclint cache status|clean    results kept from earlier runs
goconclint completion SHELL      bash, fish or zsh
goconclint man                   the manual page
goconclint version               what was built, and with which Go
`

const allText = `What to analyse:
  -C dir               change to dir first
  -config file         instead of .goconclint.yaml, here or above; none for none
  -tags list           build tags, separated by commas
  -tests=false         leave test files out
  -explore budget      quick, default or thorough
  -mem bytes           packages wait when more is used; half the machine, as 2G

Which checks run (those that list shows as on, unless said otherwise):
  -NAME                only NAME; may be repeated
  -NAME=false          all but NAME
  -group list          only of %s
  -enable list         also these checks or groups
  -disable list        not these checks or groups
  -as-of version       without the checks and kinds of findings that came later
  -NAME.flag value     an option of one check; help NAME shows them

What is shown:
  -f format[=file]     text, line, json, sarif, github, checkstyle, junit,
                       codeclimate, rdjson or html; may be repeated, with files
  -confidence low      also findings that are right less often
  -show-suppressed     also findings that a comment silences
  -severity NAME=word  error, warning or info, for a check or a group
  -path GLOB:rule      disable=NAME or severity=NAME=word, for some files only
  -new-from revision   only findings on lines changed since, in git
  -baseline file       without the findings that it knows
  -max n               at most n findings
  -color when          auto, always or never
  -q                   no progress
  -debug[=WORD]        details of internal errors, or of what exploration did
                       (explore), or why packages were analysed again (cache)

Fixes:
  -diff                show them as one diff
  -fix [-i]            apply them, all files or none; -i asks about each

What is a failure:
  -fail-on what        findings, errors (only of that severity) or none

What it costs:
  -stats               time and memory of each analyzer and package
  -cpuprofile, -trace  write a CPU profile, an execution trace to a file

Exit status: 0 clean, 1 findings, 2 something couldn't be analysed or asked.
As a vet tool: go vet -vettool=$(which goconclint) [packages]
With x/tools' own driver and flags: goconclint -multichecker [flags] packages
`

func usage(w io.Writer) error {
	_, err := fmt.Fprintf(w, usageText, strings.Join(selection.Groups(), " "))
	return err
}

// allFlags shows every flag, but for those of the checks.
func allFlags(w io.Writer) error {
	_, err := fmt.Fprintf(w, allText, strings.Join(selection.Groups(), " "))
	return err
}

// help shows the usage, or a check or a group in short.
func help(w io.Writer, args []string) error {
	switch len(args) {
	case 0:
		return usage(w)
	case 1:
		switch args[0] {
		case "flags":
			return allFlags(w)
		case "commands":
			_, err := io.WriteString(w, commandText)
			return err
		}
		if members := suite.In(suite.Group(args[0])); len(members) > 0 {
			return table(w, members)
		}
		return helpCheck(w, args[0])
	}
	return errors.New("help takes one name (for a package of that name write ./help)")
}

func helpCheck(w io.Writer, name string) error {
	check, err := named(name, append(selection.Groups(), "flags", "commands")...)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: %s\n%s\n", name, check.Page().Summary, standing(check))
	writeFlags(w, check)
	_, err = fmt.Fprintf(w, "\nSilence one finding:  //goconclint:ignore %[1]s reason\nWrong and right code: goconclint explain %[1]s\n", name)
	return err
}

// named finds a check, or says what was meant.
func named(name string, alsoKnown ...string) (suite.Check, error) {
	if check, ok := suite.Named(name); ok {
		return check, nil
	}
	for _, check := range suite.All() {
		alsoKnown = append(alsoKnown, check.Name())
	}
	return suite.Check{}, fmt.Errorf("no check named %s%s; goconclint list shows them all", name, directive.DidYouMean(name, alsoKnown))
}

// standing says in a line what kind of check it is.
func standing(check suite.Check) string {
	parts := []string{"on by default", "since " + check.Since}
	if !check.Default {
		parts[0] = "off by default"
	}
	if check.Group != "" {
		parts = append([]string{"group " + string(check.Group)}, parts...)
	}
	if check.Bundled {
		parts = append(parts, "from golang.org/x/tools")
	}
	return strings.Join(parts, ", ")
}

// writeFlags shows the flags of a check, if it has any for people.
func writeFlags(w io.Writer, check suite.Check) {
	title := "\nFlags:\n"
	for _, f := range check.Page().Flags {
		full := check.Name() + "." + f.Name
		if full == selection.Marks {
			continue
		}
		later := ""
		if f.Since != check.Since {
			later = ", since " + f.Since
		}
		fmt.Fprintf(w, "%s  -%s (default %s%s)\n    \t%s\n", title, full, shortened(f.Default), later, f.Usage)
		title = ""
	}
}

// shortened cuts the long lists that some defaults are.
func shortened(value string) string {
	const enough = 50
	if len(value) <= enough {
		return value
	}
	return value[:enough] + "…"
}
