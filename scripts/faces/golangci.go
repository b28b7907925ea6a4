package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// config makes golangci-lint run our checks and, of govet's, those that our
// plugin leaves to it since it is there.
const config = `version: "2"
linters:
  default: none
  enable: [goconclint, govet]
  settings:
    govet: {disable-all: true, enable: [copylocks, atomic, sigchanyzer, testinggoroutine, waitgroup, unusedresult]}
    custom: {goconclint: {type: module, settings: {enable: [%s]}}}
issues: {max-issues-per-linter: 0, max-same-issues: 0, uniq-by-line: false}
`

// pluginFace returns our plugin in a golangci-lint, whose configuration and
// cache go to a folder.
func pluginFace(golangci, checks, folder string) (face, error) {
	file := filepath.Join(folder, "golangci.yml")
	if err := os.WriteFile(file, fmt.Appendf(nil, config, checks), 0o666); err != nil {
		return face{}, err
	}
	program, err := filepath.Abs(golangci)
	return face{
		name: "golangci-lint",
		command: []string{
			"env", "GOLANGCI_LINT_CACHE=" + filepath.Join(folder, "golangci"),
			program, "run", "--config=" + file, "--path-mode=abs", "--show-stats=false",
			"--output.text.print-issued-lines=false", "--output.text.print-linter-name=false", "./...",
		},
		plain: plainMessage,
	}, err
}

// decorated is a message in golangci-lint: the check's name stands in front,
// and other places that belong to it behind, in brackets.
var decorated = regexp.MustCompile(`^[a-z]+(?:/[a-z]+)?: (.*?)(?: \[.*\])?$`)

func plainMessage(message string) string {
	if m := decorated.FindStringSubmatch(message); m != nil {
		return m[1]
	}
	return strings.TrimSpace(message)
}
