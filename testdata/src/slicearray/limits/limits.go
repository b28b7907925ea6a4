// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

type late struct{ buf []byte }

// FN_Late: the field is set behind the literal.
func FN_Late() *late {
	l := &late{}
	l.buf = make([]byte, 16)
	return l
}

func (l *late) first() byte { return l.buf[0] }

type single struct {
	table []byte // want `single.table is always a \[\]byte of length 8`
}

// FP_Single: only one is ever made, so that one allocation is saved in all.
func FP_Single() *single { return &single{table: make([]byte, 8)} }

func (s *single) first() byte { return s.table[0] }
