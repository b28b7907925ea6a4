package model

import (
	"go/types"
	"strings"
)

// asksText lists functions that make text of the values they are given, by
// calling their methods Error and String before they return, with the index of
// the first such value, the receiver not counted (documentation of package fmt,
// and of log and testing, which refer to it). Those whose names end in f or are
// Errorf go by a format that stands before the values.
var asksText = map[string]int{
	"fmt.Print": 0, "fmt.Println": 0, "fmt.Printf": 1,
	"fmt.Sprint": 0, "fmt.Sprintln": 0, "fmt.Sprintf": 1, "fmt.Errorf": 1,
	"fmt.Fprint": 1, "fmt.Fprintln": 1, "fmt.Fprintf": 2,
	"fmt.Append": 1, "fmt.Appendln": 1, "fmt.Appendf": 2,
}

// AsksForText returns the index of the first value of which fn makes text,
// and whether a format stands before it. It returns -1 for other functions.
func AsksForText(fn *types.Func) (first int, formatted bool) {
	if first, ok := asksText[Key(fn)]; ok {
		return first, strings.HasSuffix(fn.Name(), "f")
	}
	if fn.Pkg() == nil || fn.Pkg().Path() != "log" && fn.Pkg().Path() != "testing" {
		return -1, false
	}
	switch fn.Name() {
	case "Print", "Println", "Fatal", "Fatalln", "Panic", "Panicln", "Log", "Error", "Skip":
		return 0, false
	case "Printf", "Fatalf", "Panicf", "Logf", "Errorf", "Skipf":
		return 1, true
	}
	return -1, false
}

// AskedByVerbs says of the values behind a format of package fmt which are
// asked for their text, in order. It reports false for formats that count
// their values in another way, `%[2]d` and `%*d`.
func AskedByVerbs(format string) ([]bool, bool) {
	var asked []bool
	for {
		_, rest, found := strings.Cut(format, "%")
		if !found {
			return asked, true
		}
		flags := rest[:len(rest)-len(strings.TrimLeft(rest, "+-# 0123456789."))]
		rest = rest[len(flags):]
		if rest == "" || strings.ContainsAny(rest[:1], "[*") {
			return nil, false
		}
		if rest[0] != '%' {
			asked = append(asked, strings.ContainsAny(rest[:1], "vsqxXw") && !strings.Contains(flags, "#"))
		}
		format = rest[1:]
	}
}
