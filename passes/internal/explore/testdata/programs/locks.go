package programs

import "sync"

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) transfer(to *account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	to.mu.Lock() // want "lock order"
	defer to.mu.Unlock()
	a.balance--
	to.balance++
}

func LockOrder() {
	a, b := new(account), new(account)
	go a.transfer(b)
	b.transfer(a) // the same statement, on another goroutine
}

func (a *account) total() int {
	a.mu.Lock() // want "relock"
	defer a.mu.Unlock()
	return a.balance
}

func Relock() {
	a := new(account)
	a.mu.Lock()
	a.total()
	a.mu.Unlock()
}

func RecursiveRead() {
	var mu sync.RWMutex
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
	mu.RLock()
	mu.RLock() // want "relock"
	mu.RUnlock()
	mu.RUnlock()
}

func LockBlocked() {
	var mu sync.Mutex
	ch := make(chan int)
	go func() {
		mu.Lock()
		ch <- 1 // want "lock blocked"
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
	<-ch
}

func NoDone() {
	var wg sync.WaitGroup
	wg.Add(2)
	go wg.Done()
	wg.Wait() // want "waitgroup"
}

func LostSignal() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	go c.Signal()
	mu.Lock()
	c.Wait() // want "cond"
	mu.Unlock()
}

func OnceInOnce() {
	var once sync.Once
	once.Do(func() {
		once.Do(func() {}) // want "once"
	})
}

func Negative() {
	var wg sync.WaitGroup
	wg.Done() // want "negative waitgroup"
}

func TwiceUnlocked() {
	var mu sync.Mutex
	mu.Lock()
	mu.Unlock()
	mu.Unlock() // want "unlock of unlocked"
}

func ClosedInOneGoroutine(rows []string) {
	out := make(chan string, len(rows))
	defer close(out) // want "double close"
	for _, row := range rows {
		if row == "" {
			close(out)
			return
		}
		out <- row
	}
}

// A reader may be there when somebody tries to write.
func TriedWhileRead() {
	var mu sync.RWMutex
	gaveUp := make(chan int)
	go func() {
		mu.RLock()
		mu.RUnlock()
	}()
	if !mu.TryLock() {
		gaveUp <- 1 // want "send"
	}
	mu.Unlock()
}
