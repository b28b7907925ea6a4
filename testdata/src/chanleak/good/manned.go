package good

import "sync"

// A Mill grinds with as many stones as it was made with, one at least.
type Mill struct {
	stones int
	grind  func(grain string) string
}

// NewMill makes a mill.
func NewMill(stones int, grind func(string) string) *Mill {
	return &Mill{max(stones, 1), grind}
}

// feed has a slot for each of the stones: there are some.
func (m *Mill) feed(grains []string) <-chan string {
	in := make(chan string)
	out := make(chan string, m.stones)
	var wg sync.WaitGroup
	for range m.stones {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for grain := range in {
				out <- m.grind(grain)
			}
		}()
	}
	go func() {
		for _, grain := range grains {
			in <- grain
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	return out
}

// Flour grinds all of it.
func (m *Mill) Flour(grains []string) (sacks []string) {
	for sack := range m.feed(grains) {
		sacks = append(sacks, sack)
	}
	return sacks
}

// Weigh has no buffer to say how many scales there are.
func (m *Mill) Weigh(sacks []string, weigh func(string)) {
	in := make(chan string)
	var wg sync.WaitGroup
	for i := 0; i < m.stones; i++ {
		wg.Go(func() {
			for sack := range in {
				weigh(sack)
			}
		})
	}
	for _, sack := range sacks {
		in <- sack
	}
	close(in)
	wg.Wait()
}
