package output

import (
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	long := "start(" + strings.Repeat("a, ", 40) + "x, " + strings.Repeat("b, ", 40) + "end)"
	tests := []struct {
		what         string
		line, mark   string // the first mark in the line
		limit        int
		shown, under string
	}{
		{"plain", "m[k] = v", "m[k]", 80, "m[k] = v", "^^^^"},
		{"a TAB in front", "\tm[k] = v", "m[k]", 80, "    m[k] = v", "    ^^^^"},
		{"a TAB goes to the next stop", "ab\tx", "x", 80, "ab  x", "    ^"},
		{"wide characters", `log("日本", x)`, "x", 80, `log("日本", x)`, "            ^"},
		{"wide characters marked", `"日本"`, "日本", 80, `"日本"`, " ^^^^"},
		{"combining characters", "e\u0301 = x", "x", 80, "e\u0301 = x", "    ^"},
		{"an emoji of several", `"👩‍👩‍👧" + x`, "x", 80, `"👩‍👩‍👧" + x`, "       ^"},
		{"escape sequences are disarmed", "\"\x1b[31m\" + x", "x", 80, "\"\ufffd[31m\" + x", "          ^"},
		{"so are changes of direction", "\"\u202e\" + x", "x", 80, "\"\ufffd\" + x", "      ^"},
		{"bytes that are no UTF-8", "\"\xff\" + x", "x", 80, "\"\ufffd\" + x", "      ^"},
		{"an empty mark", "m[k] = v", "", 80, "m[k] = v", "^"},
		{"cut at the end", "x := " + long, "x", 20, "x := start(a, a, a…", "^"},
		{"cut on both sides", long, "x", 20, "…a, a, x, b, b, b, …", "       ^"},
		{"cut at the start", long, "end)", 20, "…, b, b, b, b, end)", "               ^^^^"},
		{"a mark wider than the limit", long, "a, a, a, a, a, a, a", 20, "start(a, a, a, a, …", "      ^^^^^^^^^^^^"},
		{"no room at all", "m[k] = v", "k", 0, "…k…", " ^"},
	}
	for _, test := range tests {
		start := strings.Index(test.line, test.mark)
		e := excerptOf(test.line, start, start+len(test.mark), test.limit)
		shown := e.before + e.marked + e.after
		under := strings.Repeat(" ", e.indent) + strings.Repeat("^", e.width)
		if shown != test.shown || under != test.under {
			t.Errorf("%s:\ngot  %q\n     %q\nwant %q\n     %q", test.what, shown, under, test.shown, test.under)
		}
	}
}

// FuzzExcerpt holds that any range of any line can be shown.
func FuzzExcerpt(f *testing.F) {
	f.Add("\tm[k] = v", 1, 3, 10)
	f.Add("日本\x1b", -1, 100, 0)
	f.Fuzz(func(t *testing.T, line string, start, end, limit int) {
		e := excerptOf(line, start, end, limit)
		if e.width < 1 || e.indent < 0 {
			t.Errorf("%+v", e)
		}
	})
}
