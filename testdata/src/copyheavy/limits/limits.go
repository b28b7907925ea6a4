// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

type page struct {
	id   int
	data [512]byte
}

// FN_Method: a method with a pointer receiver is called on the copy, and
// would as well be called on the element.
func FN_Method(pages []page) (sum int) {
	for _, p := range pages {
		sum += p.number()
	}
	return sum
}

func (p *page) number() int { return p.id }

// FP_One: the loop never comes around a second time.
func FP_One(pages []page) int {
	for _, p := range pages { // want `p copies 520 bytes in each turn`
		return p.id
	}
	return 0
}
