// Package records copies for a reason, or little.
package records

type record struct {
	id   int
	name string
	body [200]byte
}

type small struct{ id, x, y int }

func pointers(records []record) (sum int) {
	for i := range records {
		r := &records[i]
		sum += r.id
	}
	return sum
}

func smalls(list []small) (sum int) {
	for _, s := range list {
		sum += s.id
	}
	return sum
}

func whole(records []record, keep func(record)) {
	for _, r := range records {
		keep(r)
	}
}

func changed(records []record) (sum int) {
	for _, r := range records {
		r.id++
		sum += r.id
	}
	return sum
}

func kept(records []record) (list []func() int) {
	for _, r := range records {
		list = append(list, func() int { return r.id })
	}
	return list
}

func addressed(records []record) (list []*int) {
	for _, r := range records {
		list = append(list, &r.id)
	}
	return list
}

func moved(records []record) {
	for i, r := range records {
		records[len(records)-1-i].id = r.id
	}
}

func result(records func() []record) (sum int) {
	for _, r := range records() {
		sum += r.id
	}
	return sum
}

// first is one of a type whose methods are all on the value.
func (r record) first() byte { return r.body[0] }

type builder struct {
	parts [40]string
	n     int
}

func (b *builder) add(s string) { b.parts[b.n] = s; b.n++ }

// with changes its copy, as it is meant to.
func (b builder) with(s string) builder {
	b.parts[b.n] = s
	b.n++
	return b
}

// Len is exported: importing packages may call it on values.
func (b builder) Len() int { return b.n }
