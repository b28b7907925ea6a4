// Package export sets results that have names.
package export

import "strings"

type Exporter struct{ out strings.Builder }

func (e *Exporter) Export(rows []string) (count int, ok bool) {
	defer func() { ok = e.out.Len() > 0 }()
	for _, row := range rows {
		e.out.WriteString(row)
		count++
	}
	return count, true
}

// State is the exporter's, not a result.
func (e *Exporter) State(rows []string) int {
	busy := true
	defer func() { busy = false }()
	n := 0
	for busy && n < len(rows) {
		n++
	}
	return n
}

// Outer sets a variable of the function around.
func Outer(rows []string) int {
	n := 0
	func() string {
		defer func() { n = len(rows) }()
		return rows[0]
	}()
	return n
}
