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
