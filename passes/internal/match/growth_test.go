package match

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// Functions named yes… hold one growth, those named no… none.
const growing = `package p

type user struct{ name string; tags []string }

func yesSlice(users []user) []string {
	var names []string
	for _, u := range users {
		names = append(names, u.name)
	}
	return names
}

func yesField(u *user) int {
	tags := []string{}
	for i := range u.tags {
		tags = append(tags, u.tags[i])
	}
	return len(tags)
}

func yesMap(users []user) map[string]user {
	byName := make(map[string]user)
	for _, u := range users {
		byName[u.name] = u
	}
	return byName
}

func yesCount(n int) (total int) {
	squares := make([]int, 0)
	for i := 0; i < n; i++ {
		squares = append(squares, i*i)
	}
	for _, s := range squares {
		total += s
	}
	return total
}

func yesError(users []user, f func(user) error) ([]user, error) {
	var list []user
	for _, u := range users {
		if err := f(u); err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	return list, nil
}

func noFilter(users []user) (list []user) {
	var kept []user
	for _, u := range users {
		if u.name != "" {
			kept = append(kept, u)
		}
	}
	return kept
}

func noContinue(users []user) []user {
	var kept []user
	for _, u := range users {
		if u.name == "" {
			continue
		}
		kept = append(kept, u)
	}
	return kept
}

func noRoom(users []user) []user {
	kept := make([]user, 0, 8)
	for _, u := range users {
		kept = append(kept, u)
	}
	return kept
}

func noString(s string) []rune {
	var list []rune
	for _, r := range s {
		list = append(list, r)
	}
	return list
}

func noChannel(c chan int) []int {
	var list []int
	for x := range c {
		list = append(list, x)
	}
	return list
}

func noCall(f func() []int) []int {
	var list []int
	for _, x := range f() {
		list = append(list, x)
	}
	return list
}

func noLater(f func() []int) []int {
	var list []int
	source := f()
	for _, x := range source {
		list = append(list, x)
	}
	return list
}

func noChanges(source []int) []int {
	var list []int
	source = source[1:]
	for _, x := range source {
		list = append(list, x)
	}
	return list
}

func noUsed(source []int, f func([]int)) []int {
	var list []int
	f(list)
	for _, x := range source {
		list = append(list, x)
	}
	return list
}

func noSeveral(source [][]int) []int {
	var list []int
	for _, x := range source {
		list = append(list, x...)
	}
	return list
}
`

func TestGrowths(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", growing, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.Default()}
	if _, err := config.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		found := Growths(info, fn.Body)
		want := 0
		if strings.HasPrefix(fn.Name.Name, "yes") {
			want = 1
		}
		if len(found) != want {
			t.Errorf("%s has %d growths, want %d", fn.Name.Name, len(found), want)
			continue
		}
		if want == 1 && found[0].NilMatters != (fn.Name.Name == "yesSlice" || fn.Name.Name == "yesError") {
			t.Errorf("%s: nil matters: %v", fn.Name.Name, found[0].NilMatters)
		}
	}
}
