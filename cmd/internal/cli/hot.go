package cli

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/goconclint/goconclint/cmd/internal/hot"
	"github.com/goconclint/goconclint/cmd/internal/output"
)

const hotUsage = `usage:  goconclint hot [-profile file] [flags] [packages]    ./... by default

Ranks source lines by what memory costs there, with the mistakes that our
checks find on them, the compiler's reasons and the fixes (docs/hot.md).

  -profile file   CPU or allocation profile; else default.pgo of a main package
  -top n          so many lines, 20 unless said otherwise; 0 for all
  -json, -html    a document or a page, on standard output
  -C dir          change to dir first
  -tags list      build tags, separated by commas

Exit status: 0, or 2 if there is nothing to rank.
`

// hotCommand is goconclint hot.
func hotCommand(ctx context.Context, args []string) (int, error) {
	var o hot.Options
	set := flag.NewFlagSet("hot", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&o.Dir, "C", "", "")
	set.StringVar(&o.Tags, "tags", "", "")
	set.StringVar(&o.Profile, "profile", "", "")
	set.IntVar(&o.Top, "top", 20, "")
	asJSON := set.Bool("json", false, "")
	asHTML := set.Bool("html", false, "")
	err := set.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err := fmt.Print(hotUsage)
		return exitClean, err
	case err != nil:
		return exitTrouble, fmt.Errorf("hot: %w; goconclint hot -h shows the flags", err)
	case *asJSON && *asHTML:
		return exitTrouble, errors.New("hot: -json and -html exclude each other")
	case o.Top < 0:
		return exitTrouble, fmt.Errorf("hot: -top %d: it is a number of lines, or 0 for all", o.Top)
	}
	o.Patterns = set.Args()
	base, err := os.Getwd()
	if err != nil {
		return exitTrouble, err
	}
	o.Store = openStore()
	report, err := hot.Run(ctx, o)
	closeStore(o.Store)
	if err != nil {
		return exitTrouble, err
	}
	return exitClean, showHot(report, output.Base(base), *asJSON, *asHTML)
}

// showHot writes the report to standard output, and what was left out of
// account to standard error.
func showHot(report *hot.Report, base output.Base, asJSON, asHTML bool) (err error) {
	w := bufio.NewWriter(os.Stdout)
	switch {
	case asJSON:
		err = report.JSON(w, base.Path)
	case asHTML:
		err = report.HTML(w, base.Path)
	default:
		report.Text(w, base.Path)
	}
	err = errors.Join(err, w.Flush())
	for _, note := range report.Notes {
		fmt.Fprintf(os.Stderr, "goconclint: %s\n", note)
	}
	return err
}
