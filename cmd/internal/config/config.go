// Package config reads .goconclint.yaml. Each key stands for a flag, and the
// file comes out as flags: what it says is checked where flags are, what
// changes the result of a check reaches it as its flag, and users of go vet
// can have the same flags printed.
package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/goconclint/goconclint/passes/directive"
)

// Name is what the file is called.
const Name = ".goconclint.yaml"

// A File is what a configuration says.
type File struct {
	Path  string // as the user would write it
	Flags []Flag
}

// A Flag is one argument that a key amounts to.
type Flag struct {
	Key   string // of the file: "severity"
	Name  string // of the flag, without the dash
	Value string
	Line  int // in the file
}

// Arg is the flag as an argument.
func (f Flag) Arg() string { return "-" + f.Name + "=" + f.Value }

// Explain words what package flag says is wrong with the flag, for users who
// wrote a key; known are the names of all flags.
func (f Flag) Explain(err error, known []string) error {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	switch {
	case !unknown:
		_, reason, _ := strings.Cut(err.Error(), "-"+f.Name+": ")
		return fmt.Errorf("%s: %q: %s", f.Key, f.Value, reason)
	case f.Key == "settings":
		return fmt.Errorf("settings: no such flag of a check: %s%s", name, directive.DidYouMean(name, known))
	}
	return fmt.Errorf("%s: no check named %s%s", f.Key, name, directive.DidYouMean(name, known))
}

// Find returns the file that holds for a directory: in it, or in the nearest
// directory above it. It is "" if there is none.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, Name)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// Read reads a file. All that is wrong with it is in the error, one line for
// each mistake, with its place.
func Read(path string) (*File, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file := &File{Path: short(path)}
	var document yaml.Node
	if err := yaml.Unmarshal(content, &document); err != nil {
		return nil, file.syntaxError(err)
	}
	if len(document.Content) == 0 {
		return file, nil // empty, or comments only
	}
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	r := reader{file: file, dir: dir}
	r.mapping(document.Content[0], keys(), "")
	return file, errors.Join(r.errs...)
}

// short returns the path as users see others: relative to the working
// directory where that is shorter.
func short(path string) string {
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(dir, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (?:mapping |)(.*)`)

func (f *File) syntaxError(err error) error {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("%s:%s: %s", f.Path, m[1], m[2])
	}
	return fmt.Errorf("%s: %w", f.Path, err)
}

// A reader walks the document and collects flags and mistakes.
type reader struct {
	file *File
	dir  string // of the file, absolute
	errs []error
}

func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	err := fmt.Errorf(format, args...)
	if r.file.Path != "" {
		err = fmt.Errorf("%s:%d:%d: %w", r.file.Path, n.Line, n.Column, err)
	}
	r.errs = append(r.errs, err)
}

func (r *reader) add(n *yaml.Node, key, name, value string) {
	r.file.Flags = append(r.file.Flags, Flag{Key: key, Name: name, Value: value, Line: n.Line})
}

// mapping reads the keys of an object; where says which, "" for the document.
func (r *reader) mapping(n *yaml.Node, known []Key, where string) {
	var names []string
	for _, k := range known {
		names = append(names, k.Name)
	}
	r.pairs(n, where, func(key, value *yaml.Node) {
		for _, k := range known {
			if k.Name == key.Value {
				k.read(r, k, value)
				return
			}
		}
		r.wrong(key, "no key named %s%s%s; %s", key.Value, where, directive.DidYouMean(key.Value, names), r.otherwise(names))
	})
}

// otherwise says where the keys are that are known.
func (r *reader) otherwise(names []string) string {
	if r.file.Path == "" {
		return "there are " + strings.Join(names, ", ")
	}
	return "goconclint config schema describes them"
}

// pairs calls do for each key of an object with its value.
func (r *reader) pairs(n *yaml.Node, where string, do func(key, value *yaml.Node)) {
	if n = resolved(n); n.Kind != yaml.MappingNode {
		r.wrong(n, "want keys and values%s", where)
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			r.wrong(key, "%s is there twice%s", key.Value, where)
			continue
		}
		seen[key.Value] = true
		do(key, n.Content[i+1])
	}
}

// resolved follows an alias.
func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// scalar returns a single value as it is written.
func (r *reader) scalar(n *yaml.Node, what string) (string, bool) {
	if n = resolved(n); n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.wrong(n, "want %s", what)
		return "", false
	}
	return n.Value, true
}

// strings returns the values of a list, or a single one.
func (r *reader) strings(n *yaml.Node, what string) []string {
	n = resolved(n)
	if n.Kind == yaml.ScalarNode {
		if value, ok := r.scalar(n, "a list of "+what); ok {
			return []string{value}
		}
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.wrong(n, "want a list of %s", what)
		return nil
	}
	var list []string
	for _, element := range n.Content {
		if value, ok := r.scalar(element, what); ok {
			list = append(list, value)
		}
	}
	return list
}

func (r *reader) bool(n *yaml.Node) (string, bool) {
	value, ok := r.scalar(n, "true or false")
	if !ok {
		return "", false
	}
	if _, err := strconv.ParseBool(value); err != nil {
		r.wrong(n, "want true or false")
		return "", false
	}
	return value, true
}
