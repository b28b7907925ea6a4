package fix

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
)

// tidied formats a file that was formatted before, and removes imports that
// the edits have left unused. A file that doesn't parse stays as it is: that
// the result compiles is checked later.
func tidied(old, edited []byte) []byte {
	mark, oldCode := cutMark(old)
	_, code := cutMark(edited)
	windows := bytes.Contains(old, []byte("\r\n"))
	if windows {
		oldCode, code = withoutCR(oldCode), withoutCR(code)
	}
	formatted := isFormatted(oldCode)
	pruned, ok := withoutUnused(oldCode, code)
	if !ok && !formatted {
		return edited
	}
	if ok {
		code = pruned
	}
	if formatted {
		if clean, err := format.Source(code); err == nil {
			code = clean
		}
	}
	if windows {
		code = []byte(withCR(string(code)))
	}
	return append(mark, code...)
}

// cutMark cuts the byte order mark off, which formatting would lose.
func cutMark(content []byte) (mark, rest []byte) {
	const utf8Mark = "\ufeff"
	if bytes.HasPrefix(content, []byte(utf8Mark)) {
		return []byte(utf8Mark), content[len(utf8Mark):]
	}
	return nil, content
}

func withoutCR(content []byte) []byte { return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")) }

func withCR(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}

func isFormatted(code []byte) bool {
	clean, err := format.Source(code)
	return err == nil && bytes.Equal(clean, code)
}

// withoutUnused removes the imports that old uses and edited doesn't. It
// reports false if there are none.
func withoutUnused(old, edited []byte) ([]byte, bool) {
	before, err := parser.ParseFile(token.NewFileSet(), "", old, 0)
	if err != nil {
		return nil, false
	}
	fset := token.NewFileSet()
	after, err := parser.ParseFile(fset, "", edited, parser.ParseComments)
	if err != nil {
		return nil, false
	}
	removed := false
	for _, spec := range usable(before.Imports) {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !astutil.UsesImport(before, path) || astutil.UsesImport(after, path) {
			continue
		}
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		removed = astutil.DeleteNamedImport(fset, after, name, path) || removed
	}
	if !removed {
		return nil, false
	}
	var out bytes.Buffer
	if err := format.Node(&out, fset, after); err != nil {
		return nil, false
	}
	return out.Bytes(), true
}

// usable leaves out imports that are there for their effects.
func usable(imports []*ast.ImportSpec) []*ast.ImportSpec {
	var named []*ast.ImportSpec
	for _, spec := range imports {
		if spec.Name == nil || spec.Name.Name != "_" && spec.Name.Name != "." {
			named = append(named, spec)
		}
	}
	return named
}
