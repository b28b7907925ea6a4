// Package fix holds what can be mended.
package fix

type crawler struct {
	visited map[string]bool // want `visited is a map`
	stop    chan bool       // want `stop is a chan bool`
}

func newCrawler() *crawler {
	c := &crawler{visited: map[string]bool{"/": true}}
	c.stop = make(chan bool, 1)
	return c
}

func (c *crawler) visit(url string) bool {
	if c.visited[url] {
		return false
	}
	c.visited[url] = true
	if !c.visited[url+"/"] {
		c.visited[url+"/"] = true
	}
	known := c.visited["x"]
	return known
}

func (c *crawler) end() {
	select {
	case c.stop <- true:
	default:
	}
	<-c.stop
	close(c.stop)
}

func distinct(list []int) int {
	var seen map[int]bool // want `seen is a map`
	seen = make(map[int]bool, len(list))
	for _, x := range list {
		seen[x] = true
	}
	return len(seen)
}
