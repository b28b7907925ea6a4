// Package prelude is what library functions do, as Go code that the machine
// of package explore interprets in their place. It is compiled here only to
// keep it correct Go; nothing imports its functions.
//
// A comment binds code to what it stands for:
//
//	//model:func sync.OnceFunc      a function
//	//model:type time.Timer         a type: its methods, for values made here
//	//model:side sync.Once          a type whose state lies beside the library's value
//	//model:var context.Canceled    the content of a variable
//
// Functions in native.go are done by the machine itself. Values have no
// static type in the machine, so `any` stands for every type.
package prelude

import (
	"embed"
	"path"
	"sort"
)

//go:embed *.go
var files embed.FS

// A Source is one file of the prelude.
type Source struct{ Name, Text string }

// Sources returns the files of the prelude, this one left out, by name.
func Sources() []Source {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil
	}
	var list []Source
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil || e.Name() == "embed.go" {
			continue
		}
		list = append(list, Source{path.Join("prelude", e.Name()), string(text)})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}
