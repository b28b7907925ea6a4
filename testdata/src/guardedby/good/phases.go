package good

import (
	"sort"
	"sync"
)

var (
	symbolsMu sync.Mutex // protects symbols
	symbols   []string
)

// While the workers run, symbols are added by several of them.
func AddSymbol(name string) {
	symbolsMu.Lock()
	defer symbolsMu.Unlock()
	symbols = append(symbols, name)
}

// WriteSymbols is called at the end.
func WriteSymbols(write func(string)) {
	sort.Strings(symbols)
	for _, s := range symbols {
		write(s)
	}
	symbols = nil
}

// A drainer's workers have ended before the rest is read.
type drainer struct {
	jobs chan int
	done chan struct{}

	mu  sync.Mutex
	sum int
	max int
}

func (d *drainer) Work() {
	defer close(d.done)
	for n := range d.jobs {
		d.mu.Lock()
		d.sum += n
		d.max = max(d.max, n)
		d.mu.Unlock()
	}
}

func (d *drainer) Sum() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sum
}

func (d *drainer) Close() (sum, top int) {
	d.mu.Lock()
	before := d.sum
	d.mu.Unlock()
	close(d.jobs)
	<-d.done
	return d.sum - before, d.max
}
