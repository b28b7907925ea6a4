package model

import (
	"go/types"
	"strings"
)

// commandLines are the libraries by which commands read their arguments.
var commandLines = []string{
	"flag", "github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/urfave/cli", "github.com/alecthomas/kingpin",
	"gopkg.in/alecthomas/kingpin", "github.com/alecthomas/kong", "github.com/mitchellh/cli", "github.com/hashicorp/cli", "github.com/jessevdk/go-flags",
}

// ServesCommand reports whether a package reads a command's arguments: it is
// part of a command, whatever it is named.
func ServesCommand(pkg *types.Package) bool {
	for _, imported := range pkg.Imports() {
		for _, path := range commandLines {
			if imported.Path() == path || strings.HasPrefix(imported.Path(), path+"/v") || strings.HasPrefix(imported.Path(), path+".v") {
				return true
			}
		}
	}
	return false
}
