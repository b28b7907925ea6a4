package report

// outranks says which check speaks when two would report one mistake
// (docs/checks.md gives the user's view). The left one of a pair speaks;
// precedence goes by mistake: a check that is switched off still keeps its
// mistakes, and nobody else reports them in its place.
var outranks = map[[2]string]bool{
	{"mapguard", "datarace"}:       true, // the structure of a map
	{"unsafeshare", "datarace"}:    true, // values of the types in its table
	{"loopcapture", "datarace"}:    true, // loop variables
	{"relock", "lockblocked"}:      true,
	{"lockorder", "lockblocked"}:   true,
	{"neverclosed", "chanleak"}:    true, // a range loop that waits for close
	{"waitmisuse", "datarace"}:     true, // the memory of a WaitGroup
	{"loopcapture", "loopclosure"}: true, // bundled: ours knows the file's version
	{"deferargs", "defers"}:        true, // bundled: time.Since is one of its cases
}

// Outranks reports whether the first check speaks for mistakes that both see.
func Outranks(first, second string) bool { return outranks[[2]string{first, second}] }

// A Claim is one check's wish to report a mistake.
type Claim struct {
	Check     string
	Mistake   any  // comparable; equal for claims about one mistake
	Scheduled bool // the claim shows a schedule
}

// Settle decides, for claims on one package, which of them speak: of the
// claims about one mistake the one that outranks the others, then one with a
// schedule over one without, then the first. It returns the indices of the
// claims that speak, in order.
func Settle(claims []Claim) []int {
	best := make(map[any]int)
	var order []any
	for i, c := range claims {
		j, taken := best[c.Mistake]
		if !taken {
			order = append(order, c.Mistake)
			best[c.Mistake] = i
		} else if c.beats(claims[j]) {
			best[c.Mistake] = i
		}
	}
	speaking := make([]int, 0, len(order))
	for _, mistake := range order {
		speaking = append(speaking, best[mistake])
	}
	return speaking
}

func (c Claim) beats(d Claim) bool {
	switch {
	case Outranks(c.Check, d.Check):
		return true
	case Outranks(d.Check, c.Check):
		return false
	}
	return c.Scheduled && !d.Scheduled
}
