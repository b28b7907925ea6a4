package export

import (
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

// depth is told of inside.
func depth(rows []string) int {
	n := 0
	defer func() {
		n++
		fmt.Println("rows", n)
	}()
	for range rows {
		n++
	}
	return n
}

// show prints for people.
func show(rows [][2]string) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0)
	defer table.Flush()
	for _, row := range rows {
		if _, err := fmt.Fprintln(table, row[0], row[1]); err != nil {
			return err
		}
	}
	return nil
}

// records asks at the end.
func records(out io.Writer, rows [][]string) error {
	w := csv.NewWriter(out)
	defer w.Flush()
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// inFolder tells of it itself.
func inFolder(work func(dir string) error) error {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		return err
	}
	defer func() {
		if err = os.RemoveAll(dir); err != nil {
			fmt.Println(err)
		}
	}()
	return work(dir)
}

func folder(work func(dir string) error) (err error) {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		return err
	}
	defer func() {
		if failed := os.RemoveAll(dir); failed != nil && err == nil {
			err = failed
		}
	}()
	return work(dir)
}

func encoded(text []byte) string {
	var out strings.Builder
	enc := base64.NewEncoder(base64.StdEncoding, &out)
	_, _ = enc.Write(text)
	_ = enc.Close()
	return out.String()
}
