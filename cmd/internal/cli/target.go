package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/passes/directive"
)

// A target is where a report goes and in which format.
type target struct {
	name  string // of the format
	write output.Format
	file  string // "" for standard output
}

// addTarget reads "FORMAT" or "FORMAT=FILE".
func (v *view) addTarget(value string) error {
	name, file, toFile := strings.Cut(value, "=")
	format, ok := output.FormatNamed(name)
	if !ok {
		return fmt.Errorf("no such format%s; there are %s", directive.DidYouMean(name, output.Formats()), strings.Join(output.Formats(), ", "))
	}
	if toFile && file == "" {
		return fmt.Errorf("want a file behind %s=", name)
	}
	v.targets = append(v.targets, target{name, format, file})
	return nil
}

// destinations returns where to write: text to standard output unless flags
// say something else.
func (v *view) destinations() []target {
	if len(v.targets) > 0 {
		return v.targets
	}
	return []target{{name: "text", write: output.Text}}
}

// validate refuses what flags mean only together.
func (v *view) validate() error {
	var shown string
	for _, t := range v.targets {
		if t.file != "" {
			continue
		}
		if shown != "" && shown != t.name {
			return fmt.Errorf("-f %s and -f %s both go to standard output: write one to a file, as in -f %[2]s=FILE", shown, t.name)
		}
		shown = t.name
	}
	return nil
}

func (v *view) write(t target, report output.Report, base output.Base) error {
	if t.file != "" {
		return writeFile(t.file, func(w io.Writer) error { return t.write(w, base, report) })
	}
	w := bufio.NewWriter(os.Stdout)
	if err := v.writeOut(w, t, report, base); err != nil {
		return err
	}
	return w.Flush()
}

// writeOut writes text as a terminal's view where there is a terminal.
func (v *view) writeOut(w io.Writer, t target, report output.Report, base output.Base) error {
	if t.name == "text" && (v.color == "always" || isTerminal(os.Stdout)) {
		return v.terminal(base).Print(w, report)
	}
	return t.write(w, base, report)
}

// writeFile writes a file whole or not at all: readers never see half of it.
// What isn't a regular file, such as /dev/stderr, is written as it comes.
func writeFile(name string, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		file, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(file), file.Close())
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".goconclint-*")
	if err != nil {
		return fmt.Errorf("%s can't be written: %w", name, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s can't be written: %w", name, errors.Join(err, os.Remove(file.Name())))
		}
	}()
	w := bufio.NewWriter(file)
	if err := cmp.Or(write(w), w.Flush(), file.Chmod(0o644), file.Close()); err != nil { // the first says why
		return err
	}
	return os.Rename(file.Name(), name)
}
