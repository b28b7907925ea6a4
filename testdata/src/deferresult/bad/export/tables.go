package export

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

// counted adds the last one too late.
func counted(rows []string) int {
	n := 0
	defer func() { n++ }() // want `n is set too late`
	for range rows {
		n++
	}
	return n
}

func summed(rows []string, footer int) (string, int) {
	size, text := 0, ""
	defer func() {
		size += footer // want `size is set too late`
	}()
	for _, row := range rows {
		size, text = size+len(row), text+row
	}
	return text, size
}

// sheet returns before the table is laid out.
func sheet(rows [][2]string) string {
	var out strings.Builder
	table := tabwriter.NewWriter(&out, 0, 8, 1, ' ', 0)
	defer table.Flush() // want `out is read by return before the deferred table.Flush writes the rest into it`
	for _, row := range rows {
		fmt.Fprintf(table, "%s\t%s\n", row[0], row[1])
	}
	return out.String()
}

func records(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	defer w.Flush() // want `out is read by return before the deferred w.Flush writes the rest into it`
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// stream never asks what became of the last records.
func stream(out io.Writer, rows [][]string) error {
	w := csv.NewWriter(out)
	defer w.Flush() // want `error of the deferred w.Flush is lost`
	return w.WriteAll(rows)
}

// inFolder returns what work returns, whatever becomes of the folder.
func inFolder(work func(dir string) error) error {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		return err
	}
	defer func() {
		if failed := os.RemoveAll(dir); failed != nil && err == nil {
			err = failed // want `err is set for nobody: the results have no names, and line 76 returns another value`
		}
	}()
	return work(dir)
}

// encoded lacks the last bytes.
func encoded(text []byte) string {
	var out strings.Builder
	enc := base64.NewEncoder(base64.StdEncoding, &out)
	defer enc.Close() // want `out is read by return before the deferred enc.Close writes the rest into it`
	_, _ = enc.Write(text)
	return out.String()
}
