package bad

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// Written to a stream, a builder, a table.
func dump(w io.Writer, header http.Header) {
	for name, values := range header {
		fmt.Fprintf(w, "%s: %v\n", name, values) // want `the output is written in the order of map header, which changes from run to run`
	}
}

type report struct {
	out    strings.Builder
	counts map[string]int
	prices map[string]float64
	routes map[string]http.Handler
	rows   *csv.Writer
}

func (r *report) render() string {
	for name := range r.counts {
		r.out.WriteString(name) // want `the output is written in the order of map r.counts`
		r.out.WriteByte('\n')
	}
	return r.out.String()
}

// Hashed: the same content has another sum.
func fingerprint(h hash.Hash, env map[string]string) []byte {
	for name, value := range env {
		h.Write([]byte(name + "=" + value)) // want `the hash is computed in the order of map env`
	}
	return h.Sum(nil)
}

func digest(env map[string]string) [32]byte {
	var buf []byte
	for name := range env {
		buf = append(buf, name...) // want `buf is filled in the order of map env, which changes from run to run: at line 54 the hash is computed`
	}
	return sha256.Sum256(buf)
}

// Encoded, one value after the other and as a list.
func (r *report) encode(w io.Writer) error {
	enc := json.NewEncoder(w)
	for name, n := range r.counts {
		if n == 0 {
			continue
		}
		if err := enc.Encode(name); err != nil { // want `the values are encoded in the order of map r.counts`
			return err
		}
	}
	return nil
}

func (r *report) marshal() ([]byte, error) {
	names := make([]string, 0, len(r.counts))
	for name := range r.counts {
		names = append(names, name) // want `names is filled in the order of map r.counts, which changes from run to run: at line 76 the values are encoded`
	}
	return json.Marshal(names)
}

// Joined and printed.
func query(params map[string]string) string {
	var pairs []string
	for name, value := range params {
		pairs = append(pairs, name+"="+value) // want `pairs is filled in the order of map params, which changes from run to run: at line 85 the elements are joined`
	}
	return strings.Join(pairs, "&")
}

func concat(params map[string]string) (all string) {
	for name := range params {
		all += name + ";" // want `the parts are joined in the order of map params`
	}
	return all
}

func unsupported(flags map[string]bool) error {
	return fmt.Errorf("unsupported: %v", slices.Collect(maps.Keys(flags))) // want `the list is in the order of map flags, which changes from run to run: at line 96 the list is printed`
}

// Sent.
func feed(jobs map[string]int, out chan<- string) {
	for job := range jobs {
		out <- job // want `the values are sent in the order of map jobs`
	}
}

// Summed up with rounding.
func (r *report) total() float64 {
	sum := 0.0
	for _, price := range r.prices {
		sum += price // want `the sum is rounded in the order of map r.prices`
	}
	return sum
}

// The first one wins.
func (r *report) route(path string) http.Handler {
	for prefix, handler := range r.routes {
		if strings.HasPrefix(path, prefix) {
			return handler // want `the first match is returned in the order of map r.routes`
		}
	}
	return nil
}

func (r *report) owner(path string) (found string) {
	for prefix := range maps.Keys(r.routes) {
		if strings.Contains(path, prefix) {
			found = prefix
			break // want `the first match is kept in the order of map r.routes`
		}
	}
	return found
}

func (r *report) winner() string {
	most, winner := 0, ""
	for name, n := range r.counts {
		if n > most {
			most, winner = n, name // want `the first of equals is kept in the order of map r.counts`
		}
	}
	return winner
}

// By way of another function, and a loop over the list.
func names(set map[string]bool) []string {
	var list []string
	for name := range set {
		list = append(list, name) // want `list is filled in the order of map set, which changes from run to run: at line 154 the elements are joined`
	}
	return list
}

func line(set map[string]bool) string { return strings.Join(names(set), ",") }

func table(w *bytes.Buffer, columns map[int]string) {
	var list []string
	for _, column := range columns {
		list = append(list, column) // want `list is filled in the order of map columns, which changes from run to run: at line 162 the output is written`
	}
	for _, column := range list {
		w.WriteString(column)
	}
}

// Compared, and one picked.
func same(a map[string]int, b []string) bool {
	var list []string
	for name := range a {
		list = append(list, name) // want `list is filled in the order of map a, which changes from run to run: at line 172 the list is compared`
	}
	return reflect.DeepEqual(list, b)
}

func leader(nodes map[string]bool) string {
	list := slices.Collect(maps.Keys(nodes)) // want `the list is in the order of map nodes, which changes from run to run: at line 177 one element is picked`
	return list[0]
}
