// Package records reads parts of large values.
package records

type record struct {
	id   int
	name string
	body [200]byte
	next *record
}

type table struct{ records []record }

func (t *table) total() (sum int) {
	for _, r := range t.records { // want `r copies 232 bytes in each turn to read a part of them: a pointer to the element copies none`
		sum += r.id + len(r.name)
	}
	return sum
}

func find(records []record, name string) int {
	for i, r := range records { // want `r copies 232 bytes in each turn`
		if r.name == name && r.body[0] != 0 {
			return i
		}
	}
	return -1
}

func (r *record) link(next *record) { r.next = next }

func (r record) first() byte { // want `each call of first copies 232 bytes of r to read a part of them: a pointer receiver, as other methods have, copies none`
	return r.body[0]
}
