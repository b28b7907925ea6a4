package suite_test

import (
	"go/ast"
	"strings"
	"testing"
)

// Limits on the length of a file, in lines. A file that is longer for a
// reason says so in a comment that holds the words of [longBecause].
const (
	analyzerLines = 250
	engineLines   = 400
	longBecause   = "This file is long because"
)

func TestFilesAreOneIdea(t *testing.T) {
	for _, s := range sources(t, ".") {
		limit := engineLines
		if strings.HasPrefix(s.path, "passes/") && !strings.HasPrefix(s.path, "passes/internal/") {
			limit = analyzerLines
		}
		if !s.isTest() && s.lines() > limit && !saysWhy(s.file) {
			t.Errorf("%s has %d lines, more than %d: split it, or say %q", s.path, s.lines(), limit, longBecause+" …")
		}
	}
}

func saysWhy(file *ast.File) bool {
	for _, group := range file.Comments {
		if strings.Contains(group.Text(), longBecause) {
			return true
		}
	}
	return false
}

// TestPassesKeepToThemselves holds passes to what a host may expect of them:
// no state set up behind its back, and nothing that ends or talks for it.
func TestPassesKeepToThemselves(t *testing.T) {
	for _, s := range sources(t, "passes") {
		if s.isTest() || strings.HasPrefix(s.path, harness) {
			continue
		}
		for _, decl := range s.file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				checkFunction(t, s, decl)
			case *ast.GenDecl:
				checkImports(t, s, decl)
			}
		}
	}
}

func checkFunction(t *testing.T, s source, fn *ast.FuncDecl) {
	if fn.Name.Name == "init" && fn.Recv == nil {
		t.Errorf("%s: passes have no init functions", s.at(fn.Pos()))
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch callee := call.Fun.(type) {
		case *ast.Ident:
			if callee.Name == "panic" && !strings.HasPrefix(fn.Name.Name, "Must") {
				t.Errorf("%s: passes don't panic", s.at(call.Pos()))
			}
		case *ast.SelectorExpr:
			if pkg, ok := callee.X.(*ast.Ident); ok && pkg.Name == "os" && callee.Sel.Name == "Exit" {
				t.Errorf("%s: passes don't exit", s.at(call.Pos()))
			}
		}
		return true
	})
}

func checkImports(t *testing.T, s source, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ImportSpec)
		if ok && (spec.Path.Value == `"log"` || spec.Path.Value == `"log/slog"`) {
			t.Errorf("%s: passes don't log", s.at(spec.Pos()))
		}
	}
}
