// Package shared holds small values whose pointers say which value it is, or
// that there is none.
package shared

import "sync"

type user struct{ id, group int }

// compare asks which one it is.
//
//goconclint:hot
func compare(ids []int) bool {
	var users []*user
	for _, id := range ids {
		users = append(users, &user{id: id})
	}
	return users[0] == users[len(users)-1]
}

// A leaf is the key of a map.
type leaf struct{ low, high int }

//goconclint:hot
func weigh(n int) int {
	leaves := make([]*leaf, 0, n)
	weights := make(map[*leaf]int)
	for i := range n {
		l := &leaf{i, i}
		leaves = append(leaves, l)
		weights[l] = i
	}
	return weights[leaves[0]]
}

// Two places hold a rule.
type rule struct{ port, action int }

type table struct {
	all    []*rule
	byPort map[int]*rule
}

//goconclint:hot
func (t *table) add(port, action int) {
	r := &rule{port, action}
	t.all = append(t.all, r)
	t.byPort[port] = r
}

//goconclint:hot
func (t *table) actions() (sum int) {
	for _, r := range t.all {
		sum += r.action
	}
	return sum
}

// A slot may be empty.
type slot struct{ key, value int }

type cache struct {
	slots []*slot
	last  *slot
}

//goconclint:hot
func (c *cache) put(key, value int) {
	c.slots[key%len(c.slots)] = &slot{key, value}
}

func (c *cache) get(key int) (int, bool) {
	s := c.slots[key%len(c.slots)]
	if s == nil {
		return 0, false
	}
	return s.value, true
}

// An answer is nil when there is none.
type answer struct{ code, cost int }

type client struct{ last *answer }

//goconclint:hot
func (c *client) ask(code int) {
	if code == 0 {
		c.last = nil
		return
	}
	c.last = &answer{code, 1}
}

func (c *client) code() int { return c.last.code }

//goconclint:hot
func find(codes []int, want int) *found {
	for i, code := range codes {
		if code == want {
			return &found{i, code}
		}
	}
	return nil
}

type found struct{ index, code int }

// A selection is taken from another slice, which keeps it.
type candidate struct{ score, age int }

type pool struct{ all []*candidate }

//goconclint:hot
func (p *pool) fill(n int) {
	for i := range n {
		p.all = append(p.all, &candidate{score: i})
	}
}

func (p *pool) best() []*candidate {
	var best []*candidate
	for _, c := range p.all {
		if c.score > 10 {
			best = append(best, c)
		}
	}
	return best
}

// A part goes to a goroutine.
type part struct{ from, to int }

//goconclint:hot
func parallel(n int) {
	var wg sync.WaitGroup
	var parts []*part
	for i := range n {
		p := &part{i, i + 1}
		parts = append(parts, p)
		wg.Go(func() { work(p) })
	}
	wg.Wait()
	println(len(parts))
}

func work(p *part) { println(p.from, p.to) }

// A ticket goes through a channel.
type ticket struct{ number, counter int }

type office struct {
	waiting []*ticket
	served  chan *ticket
}

//goconclint:hot
func (o *office) enter(number int) {
	o.waiting = append(o.waiting, &ticket{number: number})
}

func (o *office) serve() {
	for _, t := range o.waiting {
		o.served <- t
	}
}

// A task is queued twice, by two snapshots of one slice.
type task struct{ id, cost int }

type runner struct{ tasks, failed []*task }

//goconclint:hot
func (r *runner) add(id int) { r.tasks = append(r.tasks, &task{id: id}) }

func (r *runner) retry() { r.failed = append(r.failed, r.tasks...) }

// One default stands for many.
type style struct{ width, colour int }

type sheet struct{ styles []*style }

//goconclint:hot
func (s *sheet) fill(n int) {
	plain := &style{width: 1}
	var none style
	for range n {
		s.styles = append(s.styles, plain)
		s.styles = append(s.styles, &none)
	}
}

func (s *sheet) width() (sum int) {
	for _, st := range s.styles {
		sum += st.width
	}
	return sum
}

// A Deck is made of the cards that somebody else holds, too.
type Deck struct{ cards []*Card }

// A Card is exported, and compared elsewhere.
type Card struct{ Suit, Rank int }

// NewDeck takes its cards over in a literal without names.
func NewDeck(cards []*Card) *Deck { return &Deck{cards} }

// Add is called for each card.
//
//goconclint:hot
func (d *Deck) Add(rank int) { d.cards = append(d.cards, &Card{Rank: rank}) }
