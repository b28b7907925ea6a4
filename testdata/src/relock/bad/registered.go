package bad

import "sync"

// Config tells its listeners of changes, with its lock held, and listens
// itself.
type Config struct {
	mu        sync.Mutex
	values    map[string]string
	changed   func()
	listeners []func(string)
	byName    map[string]func()
	log       []string
}

func NewConfig() *Config {
	c := &Config{values: make(map[string]string), byName: make(map[string]func())}
	c.OnChange(c.audit)
	c.changed = c.reset
	c.Named("size", func() { _ = c.Size() })
	return c
}

func (c *Config) OnChange(listener func(string)) {
	c.listeners = append(c.listeners, listener)
}

func (c *Config) Named(name string, listener func()) { c.byName[name] = listener }

func (c *Config) audit(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = append(c.log, key)
}

func (c *Config) reset() {
	c.mu.Lock()
	c.log = nil
	c.mu.Unlock()
}

func (c *Config) Size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.values)
}

func (c *Config) Set(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[key] = value
	for _, listener := range c.listeners {
		listener(key) // want `listener ends up locking c.mu again, which is held since line 49`
	}
	if c.changed != nil {
		c.changed() // want `c.changed ends up locking c.mu again, which is held since line 49`
	}
	c.byName[key]() // want `c.byName\[key\] ends up locking c.mu again, which is held since line 49`
}
