package drive

import (
	"fmt"
	"go/version"
	"regexp"
	"runtime"
)

// A ToolchainError says that the go command belongs to a release of Go that
// is younger than the one goconclint was built with, and that this matters:
// its packages can't be read, or the code asks for the newer language.
type ToolchainError struct {
	Go    string // the go command's version
	Built string // the version that goconclint was built with
}

func (e *ToolchainError) Error() string {
	return fmt.Sprintf("the go command is %s but goconclint was built with %s and can't read its packages: "+
		"rebuild it (go install github.com/goconclint/goconclint/cmd/goconclint@latest)", e.Go, e.Built)
}

var versionPattern = regexp.MustCompile(`go1[.0-9]*(?:rc[0-9]+|beta[0-9]+)?`)

// language returns the language version, as "go1.26", of what the go command
// or the runtime says of itself, which may be "devel go1.27-1a2b3c".
func language(toolchain string) string {
	return version.Lang(versionPattern.FindString(toolchain))
}

// newer returns an error if the go command is younger than our own build.
func (e goEnv) newer() error {
	built := runtime.Version()
	if version.Compare(language(e.GOVERSION), language(built)) > 0 {
		return &ToolchainError{Go: e.GOVERSION, Built: built}
	}
	return nil
}

// canCheck returns an error if some package is written in a language younger
// than the type checker in our build.
func (e goEnv) canCheck(nodes []*node) error {
	for _, n := range nodes {
		if version.Compare(language(e.language(n.listed)), language(runtime.Version())) > 0 {
			return e.newer()
		}
	}
	return nil
}

// language returns the language version of a package: what its go.mod says,
// for the standard library that of the toolchain, "" if nothing is known.
// A module that doesn't say is taken for one of Go 1.16, as the go command
// does.
func (e goEnv) language(p *listed) string {
	switch {
	case p.Standard:
		return language(e.GOVERSION)
	case p.Module == nil:
		return ""
	case p.Module.GoVersion == "":
		return "go1.16"
	}
	return "go" + p.Module.GoVersion
}
