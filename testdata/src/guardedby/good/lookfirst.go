package good

import "sync"

// A cellar is filled by whoever finds it empty, once.
type cellar struct {
	mu     sync.Mutex
	bottle *bottle
	asked  int
}

type bottle struct{ name string }

// Bottle looks once more when it has the lock again.
func (c *cellar) Bottle() string {
	c.mu.Lock()
	c.asked++
	c.mu.Unlock()
	c.mu.Lock()
	if c.bottle == nil {
		c.bottle = &bottle{name: "white"}
	}
	c.mu.Unlock()
	return c.bottle.name
}

// Asked says how often.
func (c *cellar) Asked() (int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked, c.bottle != nil
}

// A meter has one goroutine, which alone sets its level.
type meter struct {
	mu    sync.Mutex
	level int
	show  func(int)
}

func newMeter(steps <-chan int, show func(int)) *meter {
	m := &meter{show: show}
	go m.run(steps)
	return m
}

func (m *meter) run(steps <-chan int) {
	for step := range steps {
		m.mu.Lock()
		before := m.level
		m.mu.Unlock()
		if step == before {
			continue
		}
		m.mu.Lock()
		m.level = step
		m.mu.Unlock()
		m.show(m.level)
	}
}

// Level may be asked by anybody.
func (m *meter) Level() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.level
}
