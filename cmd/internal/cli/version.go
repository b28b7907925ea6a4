package cli

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/goconclint/goconclint/cmd/internal/output"
)

// tool says who we are. The version is that of our module, as the go command
// has recorded it in the binary.
func tool() output.Tool {
	tool := output.Tool{Name: "goconclint", Version: "(devel)", Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		tool.Version = info.Main.Version
	}
	return tool
}

func version(w io.Writer, args []string) error {
	if err := noArguments("version", args); err != nil {
		return err
	}
	t := tool()
	_, err := fmt.Fprintf(w, "%s %s, built with %s\n", t.Name, t.Version, t.Go)
	return err
}
