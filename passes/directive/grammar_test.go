package directive

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		text   string
		verb   Verb
		names  string
		reason string
	}{
		{"//goconclint:ignore mapguard filled before", Ignore, "mapguard", "filled before"},
		{"//goconclint:ignore mapguard // filled before", Ignore, "mapguard", "filled before"},
		{"//goconclint:ignore\tmapguard\tfilled before\r", Ignore, "mapguard", "filled before"},
		{"//goconclint:ignore mapguard,deferargs both", Ignore, "mapguard,deferargs", "both"},
		{"//goconclint:ignore mapguard, deferargs both", Ignore, "mapguard,deferargs", "both"},
		{"//goconclint:ignore mapguard", Ignore, "mapguard", ""},
		{"//goconclint:ignore nosuch why", Ignore, "nosuch", "why"},
		{"//goconclint:ignore", Ignore, "", ""},
		{"//goconclint:file-ignore mapguard why", IgnoreFile, "mapguard", "why"},
		{"//goconclint:hot", Hot, "", ""},
		{"//goconclint:hot each request", Hot, "", "each request"},
		{"//goconclint:warm", Unknown, "", ""},
		{"//goconclint:", Unknown, "", ""},
		{"//nolint:mapguard // why", Ignore, "mapguard", "why"},
		{"//nolint:mapguard,errcheck // why", Ignore, "mapguard", "why"},
		{"//nolint:errcheck, mapguard // why", Ignore, "mapguard", "why"},
		{"//nolint:mapguard why", Ignore, "mapguard", ""},
		{"//nolint:goconclint // why", Ignore, "goconclint", "why"},
		{"//nolint:govet", Ignore, "govet", ""},
		{"//nolint:errcheck,govet // why", Ignore, "govet", "why"},
		{"//lint:ignore goconclint/mapguard why", Ignore, "mapguard", "why"},
		{"//lint:ignore SA1000,goconclint/mapguard why", Ignore, "mapguard", "why"},
		{"//lint:ignore goconclint/ why", Ignore, "", "why"},
		{"//lint:file-ignore goconclint/mapguard why", IgnoreFile, "mapguard", "why"},
	} {
		c, ok := Parse(test.text)
		if !ok {
			t.Errorf("Parse(%q) is no comment of ours", test.text)
			continue
		}
		if c.Verb != test.verb || strings.Join(c.Names, ",") != test.names || c.Verb != Unknown && c.Reason != test.reason {
			t.Errorf("Parse(%q) = %+v", test.text, c)
		}
	}
}

func TestParseLeavesAlone(t *testing.T) {
	for _, text := range []string{
		"// goconclint:ignore mapguard why",
		"/* goconclint:ignore mapguard why */",
		"/*goconclint:hot*/",
		"// prose about //goconclint:ignore",
		"//goconclint",
		"//goconclints:ignore mapguard why",
		"//nolint",
		"//nolint // why",
		"//nolint:all // why",
		"//nolint:errcheck // mapguard",
		"//nolint:errcheck because of mapguard",
		"//lint:ignore SA1000 why",
		"//lint:ignore mapguard why",
		"//lint:check goconclint/mapguard",
		"//go:noinline",
		"//",
		"",
	} {
		if c, ok := Parse(text); ok {
			t.Errorf("Parse(%q) = %+v, want none", text, c)
		}
	}
}

// FuzzParse holds the parser to what its callers rely on: names that are
// words, a reason without space around it, and one meaning whichever family
// of comments says it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"//goconclint:ignore mapguard, deferargs // why", "//goconclint:hot now", "//goconclint:",
		"//nolint:errcheck,mapguard // why", "//lint:ignore SA1,goconclint/mapguard why", "//nolint:,,", "//lint:ignore goconclint/",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := Parse(text)
		if !ok {
			return
		}
		if !strings.HasPrefix(text, "//") || c.Text != text {
			t.Errorf("Parse(%q) holds the text %q", text, c.Text)
		}
		for _, name := range c.Names {
			if name == "" || strings.ContainsAny(name, " \t,") {
				t.Errorf("Parse(%q) names %q", text, name)
			}
		}
		if c.Reason != strings.TrimSpace(c.Reason) {
			t.Errorf("Parse(%q) has the reason %q", text, c.Reason)
		}
		if (c.Verb == Ignore || c.Verb == IgnoreFile) && len(c.Names) > 0 {
			checkOwnForm(t, c)
		}
	})
}

// checkOwnForm says the comment again in our own words.
func checkOwnForm(t *testing.T, c Comment) {
	verb := map[Verb]string{Ignore: "ignore", IgnoreFile: "file-ignore"}[c.Verb]
	text := "//goconclint:" + verb + " " + strings.Join(c.Names, ",") + " // " + c.Reason
	again, ok := Parse(text)
	if !ok || again.Verb != c.Verb || !slices.Equal(again.Names, c.Names) || again.Reason != c.Reason {
		t.Errorf("%q means %+v, and in our own words, %q, %+v", c.Text, c, text, again)
	}
}
