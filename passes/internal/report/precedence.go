package report

import "slices"

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
// claims about one mistake, of those that no other outranks, one with a
// schedule before one without, then the first. It returns the indices of the
// claims that speak, in the order of the first claim about each mistake.
func Settle(claims []Claim) []int {
	about := make(map[any][]int)
	var order []any
	for i, c := range claims {
		if about[c.Mistake] == nil {
			order = append(order, c.Mistake)
		}
		about[c.Mistake] = append(about[c.Mistake], i)
	}
	speaking := make([]int, 0, len(order))
	for _, mistake := range order {
		speaking = append(speaking, speaker(claims, about[mistake]))
	}
	return speaking
}

// speaker returns the one of the rivals, claims about one mistake, that
// speaks. Rank has no cycles, so one at least isn't outranked.
func speaker(claims []Claim, rivals []int) int {
	best := -1
	for _, i := range rivals {
		outranked := slices.ContainsFunc(rivals, func(j int) bool { return Outranks(claims[j].Check, claims[i].Check) })
		if !outranked && (best < 0 || claims[i].Scheduled && !claims[best].Scheduled) {
			best = i
		}
	}
	return best
}
