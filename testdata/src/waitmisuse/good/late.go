package good

import "sync"

// crawler counts what it starts.
type crawler struct {
	open  sync.WaitGroup
	links func(url string) []string
	ready chan struct{}
}

func (c *crawler) Start(url string) {
	c.open.Add(1)
	go c.visit(url)
}

// visit counts those that it starts while it is counted itself.
func (c *crawler) visit(url string) {
	defer c.open.Done()
	for _, link := range c.links(url) {
		c.open.Add(1)
		go c.visit(link)
	}
}

// watch counts others, not itself.
func (c *crawler) watch(urls <-chan string) {
	for url := range urls {
		c.open.Add(1)
		go func() {
			defer c.open.Done()
			c.links(url)
		}()
	}
}

func (c *crawler) Watch(urls <-chan string) { go c.watch(urls) }

// Warm goes on when the goroutine says that it has counted itself.
func (c *crawler) Warm(url string) {
	go c.warm(url)
	<-c.ready
}

func (c *crawler) warm(url string) {
	c.open.Add(1)
	defer c.open.Done()
	c.ready <- struct{}{}
	c.links(url)
}

func (c *crawler) Wait() { c.open.Wait() }
