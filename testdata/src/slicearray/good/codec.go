// Package codec holds slices for a reason.
package codec

type varies struct{ buf []byte }

func newVaries(n int) *varies { return &varies{buf: make([]byte, n)} }

type grows struct{ buf []byte }

func newGrows() *grows { return &grows{buf: make([]byte, 8)} }

func (g *grows) add(b byte) { g.buf = append(g.buf, b) }

type copied struct{ buf []byte }

func newCopied() *copied { return &copied{buf: make([]byte, 8)} }

func (c *copied) snapshot() copied { return *c }

type held struct{ buf []byte }

type holder struct{ h held }

func newHolder() *holder { return &holder{h: held{buf: make([]byte, 8)}} }

func (h *holder) first() byte { return h.h.buf[0] }

type Shown struct{ Buf []byte }

func NewShown() *Shown { return &Shown{Buf: make([]byte, 8)} }

type handed struct{ buf []byte }

func newHanded() *handed { return &handed{buf: make([]byte, 8)} }

func (h *handed) bytes() []byte { return h.buf }

type unset struct{ buf []byte }

func newUnset(full bool) *unset {
	if full {
		return &unset{buf: make([]byte, 8)}
	}
	return &unset{}
}

func (u *unset) first() byte { return u.buf[0] }

type huge struct{ buf []byte }

func newHuge() *huge { return &huge{buf: make([]byte, 1<<16)} }

func (h *huge) first() byte { return h.buf[0] }

type array struct{ buf [8]byte }

func newArray() *array { return &array{} }

func (a *array) first() byte { return a.buf[0] }
