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
	verbs, ok := Verbs(format)
	var asked []bool
	for _, v := range verbs {
		asked = append(asked, v.Asks("Error"))
	}
	return asked, ok
}

// A Verb is what a format of package fmt does with a value.
type Verb struct {
	Letter byte
	Sharp  bool // with the flag of that name
}

// Plain is the verb of Print and its relatives.
var Plain = Verb{Letter: 'v'}

// Verbs lists the verbs of a format, one for each value. It reports false for
// formats that count their values in another way.
func Verbs(format string) ([]Verb, bool) {
	var verbs []Verb
	for {
		_, rest, found := strings.Cut(format, "%")
		if !found {
			return verbs, true
		}
		flags := rest[:len(rest)-len(strings.TrimLeft(rest, "+-# 0123456789."))]
		rest = rest[len(flags):]
		if rest == "" || strings.ContainsAny(rest[:1], "[*") {
			return nil, false
		}
		if rest[0] != '%' {
			verbs = append(verbs, Verb{rest[0], strings.Contains(flags, "#")})
		}
		format = rest[1:]
	}
}

// Looks reports whether a verb looks at the value at all, and not only at its
// type or address.
func (v Verb) Looks() bool { return v.Letter != 'T' && v.Letter != 'p' }

// TextMethods lists the methods by which package fmt asks a value for its
// text. The first that the value has and the verb calls is the one called.
var TextMethods = [...]string{"Format", "GoString", "Error", "String"}

// Asks reports whether a verb calls one of these methods of a value that has
// it (documentation of package fmt, Printing).
func (v Verb) Asks(method string) bool {
	switch method {
	case "Format":
		return v.Looks()
	case "GoString":
		return v.Letter == 'v' && v.Sharp
	}
	return strings.IndexByte("vsqxXw", v.Letter) >= 0 && !v.Sharp
}
