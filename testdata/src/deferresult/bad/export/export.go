// Package export returns counts that are set too late.
package export

import "strings"

type Exporter struct{ out strings.Builder }

// Export returns a count that its deferred function completes.
func (e *Exporter) Export(rows []string) (int, bool) {
	count, ok := 0, true
	defer func() {
		if e.out.Len() == 0 {
			ok = false // want `ok is set too late`
		}
	}()
	for _, row := range rows {
		e.out.WriteString(row)
		count++
	}
	return count, ok
}

// Name returns what it had at first.
func (e *Exporter) Name(name string) string {
	result := strings.TrimSpace(name)
	defer func() {
		if result == "" {
			result = "unnamed" // want `result is set too late`
		}
	}()
	e.out.WriteString(result)
	return result
}
