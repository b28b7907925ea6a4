package fix

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

func dump(w io.Writer, env map[string]string) {
	// one line each
	for name, value := range env {
		fmt.Fprintf(w, "%s=%s\n", name, value) // want `the output is written`
	}
}

func join(env map[string]string) string {
	var names []string
	for name := range env {
		names = append(names, name) // want `names is filled`
	}
	return strings.Join(names, ",")
}

func list(env map[string]string) string {
	return strings.Join(slices.Collect(maps.Keys(env)), ",") // want `the list is in the order of map env`
}
