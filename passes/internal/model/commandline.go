package model

import (
	"go/types"
	"slices"
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
	return slices.ContainsFunc(pkg.Imports(), isCommandLine)
}

func isCommandLine(pkg *types.Package) bool {
	return slices.ContainsFunc(commandLines, func(path string) bool {
		return pkg.Path() == path || strings.HasPrefix(pkg.Path(), path+"/v") || strings.HasPrefix(pkg.Path(), path+".v")
	})
}

// RunsCommand reports whether a function of the signature is what a
// command-line library calls for a command: it is given the command, or its
// context. Behind its end the process ends.
func RunsCommand(sig *types.Signature) bool {
	for param := range sig.Params().Variables() {
		named := ReceiverNamed(param.Type())
		if named == nil || named.Obj().Pkg() == nil || !isCommandLine(named.Obj().Pkg()) {
			continue
		}
		if name := named.Obj().Name(); name == "Command" || name == "Context" {
			return true
		}
	}
	return false
}
