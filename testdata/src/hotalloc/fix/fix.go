// Package fix holds what can be mended.
package fix

import (
	"fmt"
	"hash"
	"io"
	"regexp"
	"sort"
)

type user struct {
	name string
	age  int
}

// total is hot.
//
//goconclint:hot
func total(users []user) (sum int) {
	var ages []int
	for _, u := range users {
		ages = append(ages, u.age) // want `ages grows from empty`
	}
	for _, age := range ages {
		sum += age
	}
	seen := map[string]bool{}
	for _, u := range users {
		seen[u.name] = true // want `seen grows from empty`
	}
	return sum + len(seen)
}

// isNumber is hot.
//
//goconclint:hot
func isNumber(s string) bool {
	re := regexp.MustCompile(`^\d+$`) // want `regexp.MustCompile builds the same pattern anew`
	return re.MatchString(s)
}

//goconclint:hot
func byAge(users []user) {
	sort.Slice(users, func(i, j int) bool { return users[i].age > users[j].age }) // want `sort.Slice boxes`
}

//goconclint:hot
func label(u user) string {
	return fmt.Sprintf("%s (%d)", u.name, u.age) // want `fmt.Sprintf only joins`
}

//goconclint:hot
func sum(r io.Reader, h hash.Hash) error {
	for {
		buf := make([]byte, 4096) // want `buf is made in each turn`
		n, err := r.Read(buf)
		h.Write(buf[:n])
		if err != nil {
			return err
		}
	}
}

//goconclint:hot
func names(w interface {
	io.Writer
	io.StringWriter
}, users []user) {
	for _, u := range users {
		w.Write([]byte(u.name)) // want `\[\]byte\(u.name\) copies a string`
	}
}
