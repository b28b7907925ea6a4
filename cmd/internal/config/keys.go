package config

import (
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Key is one key of the file. The list of them is the one source for
// reading, the schema, the file that init writes and the documentation.
type Key struct {
	Name    string
	Flag    string // as users write it, "-enable LIST"
	Doc     string // one line
	Example string // YAML, as a value behind "name: "
	schema  schema
	read    func(r *reader, k Key, n *yaml.Node)
}

// Keys returns the keys in the order in which they are shown.
func Keys() []Key { return keys() }

// pathKeys are those of one rule of paths.
func pathKeys(glob *string) []Key {
	return []Key{
		{Name: "path", Doc: "which files: * within a directory, ** across them", schema: text,
			read: func(r *reader, _ Key, n *yaml.Node) { *glob, _ = r.scalar(n, "a path with * and **") }},
		{Name: "disable", Doc: "checks or groups whose findings are left out there, or all", schema: list,
			read: func(r *reader, k Key, n *yaml.Node) {
				if names := r.strings(n, "checks or groups"); len(names) > 0 {
					r.add(n, "paths", "path", r.anchored(*glob)+":disable="+strings.Join(names, ","))
				}
			}},
		{Name: "severity", Doc: "severities there, by check or group", schema: severities,
			read: func(r *reader, k Key, n *yaml.Node) {
				r.pairs(n, " in severity", func(key, value *yaml.Node) {
					if word, ok := r.scalar(value, "error, warning or info"); ok {
						r.add(key, "paths", "path", r.anchored(*glob)+":severity="+key.Value+"="+word)
					}
				})
			}},
	}
}

func keys() []Key {
	return []Key{
		{Name: "enable", Flag: "-enable LIST", Doc: "checks or groups to run beside the default ones", Example: "[checkthenact]", schema: list, read: joined("enable")},
		{Name: "disable", Flag: "-disable LIST", Doc: "checks or groups not to run", Example: "[hotpointer]", schema: list, read: joined("disable")},
		{Name: "only", Flag: "-NAME", Doc: "run these checks and no others", Example: "[mapguard, datarace]", schema: list, read: named},
		{Name: "groups", Flag: "-group LIST", Doc: "run the checks of these groups and no others", Example: "[races, locks]", schema: list, read: joined("group")},
		{Name: "as-of", Flag: "-as-of VERSION", Doc: "leave out checks, and kinds of findings, that came later", Example: "v0.1.0", schema: text, read: single("as-of")},
		{Name: "settings", Flag: "-NAME.FLAG VALUE", Doc: "flags of checks; goconclint help NAME shows them", Example: "{unsafeshare: {types: [example.com/m.Buffer]}}", schema: settings, read: readSettings},
		{Name: "severity", Flag: "-severity NAME=WORD", Doc: "how severe findings are: error, warning or info, by check or group", Example: "{deferloop: info}", schema: severities, read: readSeverity},
		{Name: "paths", Flag: "-path GLOB:RULE", Doc: "what holds for some files only; globs are relative to this file", Example: "[{path: \"internal/gen/**\", disable: [all]}]", schema: paths, read: readPaths},
		{Name: "confidence", Flag: "-confidence WORD", Doc: "with low, what is right less often is shown too", Example: "low", schema: words("high", "low"), read: single("confidence")},
		{Name: "explore", Flag: "-explore BUDGET", Doc: "how much is explored", Example: "thorough", schema: words("quick", "default", "thorough"), read: single("explore")},
		{Name: "tests", Flag: "-tests=false", Doc: "whether test files are analysed", Example: "false", schema: boolean, read: yesOrNo("tests")},
		{Name: "tags", Flag: "-tags LIST", Doc: "build tags", Example: "[integration]", schema: list, read: joined("tags")},
		{Name: "format", Flag: "-f FORMAT[=FILE]", Doc: "what is written, and where", Example: "[text, sarif=out.sarif]", schema: list, read: repeated("f")},
		{Name: "new-from", Flag: "-new-from REVISION", Doc: "only findings on lines changed since, in git", Example: "origin/main", schema: text, read: single("new-from")},
		{Name: "baseline", Flag: "-baseline FILE", Doc: "leave out the findings that the file knows; it is relative to this one", Example: ".goconclint.baseline", schema: text, read: readBaseline},
		{Name: "max", Flag: "-max N", Doc: "show at most so many findings", Example: "50", schema: number, read: single("max")},
		{Name: "fail-on", Flag: "-fail-on WORD", Doc: "what makes the exit status 1", Example: "errors", schema: words("findings", "errors", "none"), read: single("fail-on")},
	}
}

func single(flag string) func(*reader, Key, *yaml.Node) {
	return func(r *reader, k Key, n *yaml.Node) {
		if value, ok := r.scalar(n, "one value"); ok {
			r.add(n, k.Name, flag, value)
		}
	}
}

func yesOrNo(flag string) func(*reader, Key, *yaml.Node) {
	return func(r *reader, k Key, n *yaml.Node) {
		if value, ok := r.bool(n); ok {
			r.add(n, k.Name, flag, value)
		}
	}
}

// joined reads a list for a flag that takes one.
func joined(flag string) func(*reader, Key, *yaml.Node) {
	return func(r *reader, k Key, n *yaml.Node) {
		if names := r.strings(n, "names"); len(names) > 0 {
			r.add(n, k.Name, flag, strings.Join(names, ","))
		}
	}
}

// repeated reads a list for a flag that is given once for each element.
func repeated(flag string) func(*reader, Key, *yaml.Node) {
	return func(r *reader, k Key, n *yaml.Node) {
		for _, value := range r.strings(n, "names") {
			r.add(n, k.Name, flag, value)
		}
	}
}

// named reads names of checks, which are flags themselves.
func named(r *reader, k Key, n *yaml.Node) {
	for _, name := range r.strings(n, "checks") {
		r.add(n, k.Name, name, "true")
	}
}

func readSettings(r *reader, k Key, n *yaml.Node) {
	r.pairs(n, " in settings", func(check, flags *yaml.Node) {
		r.pairs(flags, " in the settings of "+check.Value, func(flag, value *yaml.Node) {
			if values := r.strings(value, "values"); len(values) > 0 {
				r.add(flag, k.Name, check.Value+"."+flag.Value, strings.Join(values, ","))
			}
		})
	})
}

func readSeverity(r *reader, k Key, n *yaml.Node) {
	r.pairs(n, " in severity", func(name, value *yaml.Node) {
		if word, ok := r.scalar(value, "error, warning or info"); ok {
			r.add(name, k.Name, "severity", name.Value+"="+word)
		}
	})
}

func readBaseline(r *reader, k Key, n *yaml.Node) {
	name, ok := r.scalar(n, "a file")
	if !ok {
		return
	}
	if !filepath.IsAbs(name) {
		name = short(filepath.Join(r.dir, filepath.FromSlash(name)))
	}
	r.add(n, k.Name, k.Name, name)
}

func readPaths(r *reader, _ Key, n *yaml.Node) {
	if n = resolved(n); n.Kind != yaml.SequenceNode {
		r.wrong(n, "want a list of rules, each with path and what holds there")
		return
	}
	for _, rule := range n.Content {
		var glob string
		known := pathKeys(&glob)
		if !hasKey(rule, "path") {
			r.wrong(rule, "a rule in paths needs a path")
			continue
		}
		sortFirst(rule, "path")
		r.mapping(rule, known, " in a rule of paths")
	}
}

func hasKey(n *yaml.Node, name string) bool {
	n = resolved(n)
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return true
		}
	}
	return false
}

// sortFirst puts a key in front of the others, which need its value.
func sortFirst(n *yaml.Node, name string) {
	n = resolved(n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			n.Content[0], n.Content[i] = n.Content[i], n.Content[0]
			n.Content[1], n.Content[i+1] = n.Content[i+1], n.Content[1]
			return
		}
	}
}

// anchored makes a glob mean files below the directory of the file.
func (r *reader) anchored(glob string) string {
	if filepath.IsAbs(glob) {
		return glob
	}
	return filepath.ToSlash(r.dir) + "/" + glob
}
