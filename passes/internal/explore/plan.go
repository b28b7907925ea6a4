package explore

import "golang.org/x/tools/go/ssa"

// A plan spends what a package may cost where its concurrency is. When there
// is enough for all entries, each gets its whole budget. Else each gets a
// look first, and those that weren't done with it, or have large buffers, and
// have started a goroutine get their whole budget afterwards, until the
// package's total is gone.
type plan struct {
	m      *machine
	base   *state
	result *Result
	found  map[mistake]*Finding
	left   int // of the total
}

// newPlan makes the machine of a package and runs its initialiser.
func newPlan(pkg *ssa.Package, budget Budget) (*plan, error) {
	ms := loadModels()
	if ms.err != nil {
		return nil, ms.err
	}
	m := newMachine(pkg, ms, budget)
	base, err := m.prepare()
	if err != nil {
		return nil, err
	}
	return &plan{m: m, base: base, result: new(Result), found: make(map[mistake]*Finding), left: budget.Total}, nil
}

func (p *plan) spend(entries []*Entry, whole Budget) {
	if whole.Total == 0 || len(entries)*whole.cost() <= whole.Total {
		for _, e := range entries {
			p.explore(e, whole, p.attempts(whole))
		}
		return
	}
	look := whole.share(p.left / 2 / len(entries))
	var open []*Entry
	for _, e := range entries {
		if p.left <= 0 {
			p.result.Skipped = append(p.result.Skipped, e.Name)
			continue
		}
		if s := p.explore(e, look, 1); (s.OutOfBudget || p.m.buffered) && s.Spawned > 0 {
			open = append(open, e)
		}
	}
	for _, e := range open {
		if p.left <= 0 {
			return
		}
		p.explore(e, whole, maxAttempts)
	}
}

// attempts returns how often an entry may be explored, with its budget each
// time.
func (p *plan) attempts(whole Budget) int {
	if whole.Total > 0 && p.left <= 0 {
		return 1
	}
	return maxAttempts
}

// explore explores one entry, keeps its findings, and returns what it came
// to.
func (p *plan) explore(e *Entry, budget Budget, attempts int) *Stats {
	m := p.m
	if e.Kind == Sequential {
		budget = budget.share(0)
	}
	m.budget, m.attempts = budget, attempts
	if err := m.guarded(e, p.base); err != nil {
		p.result.Errors = append(p.result.Errors, err)
	}
	for key, f := range m.found {
		if old := p.found[key]; old == nil || f.weight() < old.weight() {
			p.found[key] = f
		}
	}
	p.left -= m.allSteps + m.allStates*stateCost
	p.result.enter(m.entered)
	p.result.Entries = append(p.result.Entries, m.stats(e))
	return &p.result.Entries[len(p.result.Entries)-1]
}

// stateCost is what a scheduling point costs, in steps.
const stateCost = 30

// cost is what an entry may cost at most in one attempt.
func (b Budget) cost() int { return b.Steps + b.States*stateCost }

// share returns a smaller budget for an entry, which costs no more than n but
// is enough for a short function.
func (b Budget) share(n int) Budget {
	b.Steps = min(b.Steps, max(n/2, 1_500))
	b.States = min(b.States, max(n/2/stateCost, 50))
	return b
}

// apart separates the entries that somebody wrote from the clients.
func apart(entries []*Entry) (written, clients []*Entry) {
	for _, e := range entries {
		if e.client != nil {
			clients = append(clients, e)
		} else {
			written = append(written, e)
		}
	}
	return written, clients
}

// clients explores the clients with a third of the package's total, each
// with a third of an entry's budget, and adds what only they show: first
// those that call one method after the other, by which the others are judged.
func (p *plan) clients(entries []*Entry, whole Budget) {
	if len(entries) == 0 {
		return
	}
	written := p.found
	whole.States, whole.Steps, whole.Total = whole.States/3, whole.Steps/3, whole.Total/3
	p.left = whole.Total
	shown := make(map[mistake]*Finding)
	for _, judged := range []bool{false, true} {
		p.found = make(map[mistake]*Finding)
		var some []*Entry
		for _, e := range entries {
			if e.client.isJudged() == judged {
				some = append(some, e)
			}
		}
		if len(some) > 0 {
			p.spend(some, whole)
		}
		addNew(shown, p.found)
	}
	addNew(written, shown)
	p.found = written
}

func addNew(into, from map[mistake]*Finding) {
	for key, f := range from {
		if into[key] == nil {
			into[key] = f
		}
	}
}
