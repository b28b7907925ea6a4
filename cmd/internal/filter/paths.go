package filter

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// Paths holds what is said of some files only.
type Paths struct {
	checks []suite.Check
	dir    string // what globs are relative to
	rules  []rule
}

type rule struct {
	files      *regexp.Regexp
	disabled   []string // checks and groups
	severities *Severities
}

// NewPaths returns no rules; globs will be relative to the directory.
func NewPaths(checks []suite.Check, dir string) *Paths { return &Paths{checks: checks, dir: dir} }

// Set reads "GLOB:disable=NAME,NAME" or "GLOB:severity=NAME=WORD".
func (p *Paths) Set(value string) error {
	if glob, names, ok := strings.Cut(value, ":disable="); ok {
		return p.disable(glob, strings.Split(names, ","))
	}
	if glob, severity, ok := strings.Cut(value, ":severity="); ok {
		r := rule{files: p.matcher(glob), severities: NewSeverities(p.checks)}
		p.rules = append(p.rules, r)
		return r.severities.Set(severity)
	}
	return errors.New("want GLOB:disable=NAME,NAME or GLOB:severity=NAME=WORD")
}

const everything = "all"

func (p *Paths) disable(glob string, names []string) error {
	known := append(NewSeverities(p.checks).names(), everything)
	for _, name := range names {
		if !slices.Contains(known, name) {
			return fmt.Errorf("no check or group named %s%s", name, directive.DidYouMean(name, known))
		}
	}
	p.rules = append(p.rules, rule{files: p.matcher(glob), disabled: names})
	return nil
}

// matcher compiles a glob: ** stands for any number of directories, * and ?
// for what isn't a slash.
func (p *Paths) matcher(glob string) *regexp.Regexp {
	if !filepath.IsAbs(glob) {
		glob = filepath.ToSlash(p.dir) + "/" + strings.TrimPrefix(glob, "./")
	}
	pattern := regexp.QuoteMeta(filepath.ToSlash(glob))
	for _, replace := range [][2]string{{`\*\*/`, `(?:.*/)?`}, {`\*\*`, `.*`}, {`\*`, `[^/]*`}, {`\?`, `[^/]`}} {
		pattern = strings.ReplaceAll(pattern, replace[0], replace[1])
	}
	return regexp.MustCompile("^" + strings.TrimSuffix(pattern, "/") + "(?:/.*)?$") // a directory means all below it
}

// Apply leaves out what is disabled where it is, and sets severities.
func (p *Paths) Apply(findings []finding.Finding) []finding.Finding {
	if len(p.rules) == 0 {
		return findings
	}
	kept := slices.Clone(findings)
	for _, r := range p.rules {
		kept = slices.DeleteFunc(kept, r.removes)
		for i := range kept {
			if r.severities != nil && r.matches(kept[i]) {
				r.severities.Apply(kept[i : i+1])
			}
		}
	}
	return kept
}

func (r *rule) matches(f finding.Finding) bool {
	return r.files.MatchString(filepath.ToSlash(f.Range.Start.File))
}

func (r *rule) removes(f finding.Finding) bool {
	if len(r.disabled) == 0 || !r.matches(f) {
		return false
	}
	check, _ := suite.Named(f.Check)
	return slices.ContainsFunc(r.disabled, func(name string) bool {
		return name == everything || name == f.Check || name == string(check.Group) && name != ""
	})
}
