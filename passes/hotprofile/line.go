package hotprofile

import "strings"

// A Line is a source line as the profile knows it.
type Line struct {
	Package  string // import path, as the linker has it: "main" for commands
	Function string // name within the package: "F", "T.M", "(*T).M", "F.func1"
	File     string // as it was compiled; slashes
	Line     int
	Start    int // line on which the function starts, 0 if unknown
}

// Outer returns the name of the declared function that the line's function
// is, or is a literal in: "F", or "T.M" for methods on T and on *T. Type
// arguments are left out. In front of the name of a literal stand the
// functions that it was inlined into: "Caller.T.M".
func (l Line) Outer() string {
	parts := splitName(l.Function)
	end := len(parts)
	for end > 1 && literalAt(parts, end-1) {
		end--
	}
	start := 0
	for i := range end {
		if literalAt(parts, i) && i+1 < end {
			start = i + 1 // a call in a literal
		}
	}
	for i := start; i < end; i++ {
		parts[i], _, _ = strings.Cut(parts[i], "-")
	}
	return strings.Join(parts[start:end], ".")
}

// literal reports whether the line's function isn't declared but is a literal
// or a wrapper that the compiler makes.
func (l Line) literal() bool {
	parts := splitName(l.Function)
	return literalAt(parts, len(parts)-1) || strings.Contains(parts[len(parts)-1], "-")
}

// splitName splits a name as the linker has it at its dots, without type
// arguments and the brackets of pointer receivers.
func splitName(function string) []string {
	return strings.Split(strings.NewReplacer("(*", "", ")", "").Replace(withoutArguments(function)), ".")
}

// literalAt reports whether a part of a name numbers a function literal:
// func1, gowrap2, deferwrap1, func1-range2, and 1 for one in another.
func literalAt(parts []string, i int) bool {
	part, _, _ := strings.Cut(parts[i], "-")
	return i > 0 && isLiteral(part)
}

func isLiteral(part string) bool {
	for _, prefix := range []string{"func", "gowrap", "deferwrap"} {
		part = strings.TrimPrefix(part, prefix)
	}
	return part != "" && strings.Trim(part, "0123456789") == ""
}

func withoutArguments(name string) string {
	from, to := strings.IndexByte(name, '['), strings.LastIndexByte(name, ']')
	if from < 0 || to < from {
		return name
	}
	return name[:from] + name[to+1:]
}

// SplitSymbol splits a linker symbol into import path and name in it. The
// path ends at the first dot behind its last slash; type arguments can hold
// either, and a dot in the last element of a path is written %2e.
func SplitSymbol(symbol string) (pkg, name string) {
	head, _, _ := strings.Cut(symbol, "[")
	dot := strings.IndexByte(head[strings.LastIndexByte(head, '/')+1:], '.')
	if dot < 0 {
		return "", symbol
	}
	dot += strings.LastIndexByte(head, '/') + 1
	return strings.ReplaceAll(symbol[:dot], "%2e", "."), symbol[dot+1:]
}
