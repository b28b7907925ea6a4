// Package patterns compiles what users write.
package patterns

import (
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"regexp"
	"strings"
)

type Filter struct{ drop []*regexp.Regexp }

type Config struct {
	Exclude []string
	Prefix  string
}

// New compiles the patterns of a configuration.
func New(c Config) *Filter {
	f := new(Filter)
	for _, pattern := range c.Exclude {
		f.drop = append(f.drop, regexp.MustCompile("^"+pattern)) // want `regexp.MustCompile panics when "\^" \+ pattern, known at run time only, is malformed: use regexp.Compile and handle its error`
	}
	return f
}

// Parse reads patterns separated by commas.
func Parse(list string) *Filter {
	parts := strings.Split(list, ",")
	return &Filter{[]*regexp.Regexp{regexp.MustCompile(parts[0])}} // want `regexp.MustCompile panics when parts\[0\], known at run time only`
}

// Lookup matches one name; its error is about the name alone.
func (f *Filter) Lookup(pattern, name string) (bool, error) {
	if name == "" {
		return false, fmt.Errorf("no name")
	}
	full := fmt.Sprintf("(?i)%s$", strings.TrimSpace(pattern))
	return regexp.MustCompile(full).MatchString(name), nil // want `regexp.MustCompile panics when full, known at run time only`
}

func search(w http.ResponseWriter, r *http.Request) {
	re := regexp.MustCompile(r.URL.Query().Get("q")) // want `regexp.MustCompile panics when r.URL.Query\(\).Get\("q"\), known at run time only`
	fmt.Fprintln(w, re.MatchString("x"))
}

func matches(r *http.Request) bool {
	pattern := r.FormValue("pattern")
	return regexp.MustCompile(pattern).MatchString(r.URL.Path) // want `regexp.MustCompile panics when pattern, known at run time only`
}

func peer() netip.Addr {
	return netip.MustParseAddr(os.Getenv("PEER")) // want `netip.MustParseAddr panics when os.Getenv\("PEER"\), known at run time only, is malformed: use netip.ParseAddr`
}

type Rule struct{ text string }

// ParseRule parses a rule.
func ParseRule(s string) (*Rule, error) {
	if s == "" {
		return nil, fmt.Errorf("empty rule")
	}
	return &Rule{s}, nil
}

// MustParseRule is for rules that stand in the program.
func MustParseRule(s string) *Rule {
	r, err := ParseRule(s)
	if err != nil {
		panic(err)
	}
	return r
}

// Load reads a rule from a file.
func Load(path string) (*Rule, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return MustParseRule(string(data)), nil // want `MustParseRule panics when string\(data\), known at run time only, is malformed: use ParseRule and handle its error`
}

type engine struct{ pattern string }

func newEngine(pattern string) *engine { return &engine{pattern: pattern} }

func (e *engine) run(text string) (bool, error) {
	return regexp.MustCompile(e.pattern).MatchString(text), nil // want `regexp.MustCompile panics when e.pattern, known at run time only`
}

// Match is what the package is for.
func Match(pattern, text string) (bool, error) { return newEngine(pattern).run(text) }

// A rename isn't checked for being a pattern: that there is a file of the name
// says nothing.
type rename struct{ from string }

// NewRename renames a file.
func NewRename(from string) (*rename, error) {
	r := &rename{from: from}
	if !exists(r.from) {
		return nil, os.ErrNotExist
	}
	return r, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (r *rename) apply(text, to string) (string, error) {
	word := regexp.MustCompile(`\b` + r.from + `\b`) // want `regexp.MustCompile panics when .* known at run time only`
	return word.ReplaceAllString(text, to), nil
}

var (
	_ = (*rename).apply
	_ = search
	_ = matches
	_ = peer
)
