package fix

import (
	"fmt"
	"strings"
)

type table struct{ rows map[int]string }

func (t *table) String() string {
	var b strings.Builder
	for id := range t.rows {
		fmt.Fprintln(&b, id) // want `the output is written`
	}
	return b.String()
}
