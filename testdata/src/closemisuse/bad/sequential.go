package bad

import "errors"

// copyRows closes its channel twice without any other goroutine.
func copyRows(rows []string) error {
	out := make(chan string, len(rows))
	defer close(out)
	for _, row := range rows {
		if row == "" {
			close(out) // want `out is closed here, and once more by the deferred close at sequential.go:8: this panics`
			return errors.New("empty row")
		}
		out <- row
	}
	return nil
}
