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
// arguments are left out.
func (l Line) Outer() string {
	name := withoutArguments(l.Function)
	if rest, ok := strings.CutPrefix(name, "(*"); ok {
		name = strings.Replace(rest, ")", "", 1)
	}
	parts := strings.Split(name, ".")
	for i, part := range parts {
		part, _, ranged := strings.Cut(part, "-") // F-range1, T.M-fm
		parts[i] = part
		if ranged || i > 0 && isLiteral(part) {
			parts = parts[:i]
			if ranged {
				parts = append(parts, part)
			}
			break
		}
	}
	return strings.Join(parts, ".")
}

// isLiteral reports whether a part of a symbol numbers a function literal:
// func1, gowrap2, deferwrap1, and 1 for one in another.
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
