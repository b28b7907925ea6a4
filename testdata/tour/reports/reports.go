// Package reports writes what was ordered to files.
package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"

	"github.com/goconclint/goconclint/testdata/tour/orders"
)

// WriteAll writes a file for each customer into the folder.
func WriteAll(dir string, customers map[string][]orders.Order) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for customer, placed := range customers {
		file, err := os.Create(filepath.Join(dir, url.PathEscape(customer)+".csv"))
		if err != nil {
			return err
		}
		defer file.Close()
		if err := write(file, customer, placed); err != nil {
			return fmt.Errorf("report on %s: %w", customer, err)
		}
	}
	return nil
}

// write writes one row for each line of each order.
func write(w io.Writer, customer string, placed []orders.Order) error {
	rows := 0
	defer slog.Info("report written", "customer", customer, "rows", rows)

	table := csv.NewWriter(w)
	for _, order := range placed {
		for _, line := range order.Lines {
			record := []string{order.ID, line.Article, fmt.Sprint(line.Quantity), fmt.Sprint(line.Price)}
			if err := table.Write(record); err != nil {
				return err
			}
			rows++
		}
	}
	table.Flush()
	return table.Error()
}
