// Package must uses Must… functions as they are meant.
package must

import (
	"fmt"
	"html/template"
	"net/http"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

const word = `\w+`

var (
	words = regexp.MustCompile(word)
	page  = template.Must(template.New("page").Parse("{{.}}"))
)

// Words counts words.
func Words(text string) (int, error) {
	re := regexp.MustCompile(`^` + word + `$`)
	if re.MatchString(text) {
		return 1, nil
	}
	return len(words.FindAllString(text, -1)), nil
}

// Prefixed quotes what it is given.
func Prefixed(names []string) (*regexp.Regexp, error) {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	return regexp.MustCompile("^(" + strings.Join(quoted, "|") + ")"), nil
}

// Repeated puts numbers into a pattern.
func Repeated(n int) (*regexp.Regexp, error) {
	pattern := fmt.Sprintf("^a{%d}b{%s}$", n%100, strconv.Itoa(n%10))
	return regexp.MustCompile(pattern), nil
}

// Checked compiles a second time what it has compiled.
func Checked(patterns []string) (*regexp.Regexp, error) {
	all := strings.Join(patterns, "|")
	if _, err := regexp.Compile(all); err != nil {
		return nil, err
	}
	return regexp.MustCompile(all), nil
}

// MustFilter panics by its name.
func MustFilter(patterns []string) *regexp.Regexp {
	return regexp.MustCompile(strings.Join(patterns, "|"))
}

// Grep matches lines. It panics if one of the patterns is malformed.
func Grep(patterns []string, lines []string) (n int, err error) {
	re := regexp.MustCompile(strings.Join(patterns, "|"))
	for _, line := range lines {
		if re.MatchString(line) {
			n++
		}
	}
	return n, nil
}

// named is only ever given constants.
func named(name string) (*regexp.Regexp, error) {
	return regexp.MustCompile("(?P<x>" + name + ")"), nil
}

// Names uses it.
func Names() ([]*regexp.Regexp, error) {
	a, err := named("a+")
	if err != nil {
		return nil, err
	}
	b, err := named(word)
	return []*regexp.Regexp{a, b}, err
}

// Verb is one of a few.
type Verb string

// The verbs.
const (
	Get Verb = "get"
	Put Verb = "put"
)

// Route matches a verb and reads an address that it formats itself.
func Route(v Verb, addr netip.Addr, r *http.Request) (bool, error) {
	re := regexp.MustCompile("^/" + string(Get) + "/")
	next := netip.MustParseAddr(addr.Next().String())
	return re.MatchString(r.URL.Path) && next.IsValid(), page.Execute(nil, nil)
}

// Registry has a Must… method whose failure isn't about text.
type Registry struct{ names map[string]bool }

// Register adds a thing.
func (r *Registry) Register(thing fmt.Stringer) error {
	r.names[thing.String()] = true
	return nil
}

// MustRegister is Register for things that are new.
func (r *Registry) MustRegister(thing fmt.Stringer) {
	if err := r.Register(thing); err != nil {
		panic(err)
	}
}

// Key has Must… methods that return a default instead.
type Key struct{ text string }

// Int parses the text in a base.
func (k *Key) Int(base string) (int64, error) { return strconv.ParseInt(k.text+base, 10, 64) }

// MustInt returns the default when there is no number.
func (k *Key) MustInt(base string, otherwise ...int64) int64 {
	n, err := k.Int(base)
	if err != nil {
		return otherwise[0]
	}
	return n
}

// Metrics registers and reads.
func Metrics(r *Registry, k *Key, things []fmt.Stringer, bases []string) (int64, error) {
	for _, thing := range things {
		r.MustRegister(thing)
	}
	return k.MustInt(bases[0], 10), nil
}

// Hide and Reveal turn text into text.
func Hide(text string) (string, error) { return text, nil }

// MustHide is Hide, which fails without randomness only.
func MustHide(text string) string {
	hidden, err := Hide(text)
	if err != nil {
		panic(err)
	}
	return hidden
}

// Save hides what comes in.
func Save(r *http.Request) (string, error) { return MustHide(r.FormValue("password")), nil }
