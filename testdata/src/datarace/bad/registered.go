package bad

import (
	"bufio"
	"net"
	"sync"
	"time"
)

// A link is one device's connection, which the gateway keeps a list of.
type link struct {
	name  string
	conn  net.Conn
	heard time.Time
	lines int
}

func (l *link) note(now time.Time) {
	l.heard = now // want `l.heard is written here while another goroutine, which finds the object in links, reads it at registered.go:24 .no common lock.`
	l.lines++     // want `l.lines is written here while another goroutine, which finds the object in links, reads it at registered.go:\d+`
}

func (l *link) silentFor(now time.Time) time.Duration {
	return now.Sub(l.heard)
}

// Gateway serves devices and drops the silent ones.
type Gateway struct {
	limit time.Duration

	mu    sync.Mutex
	links map[string]*link
	taken []*job
}

// Serve reads from a connection until it fails.
func (g *Gateway) Serve(name string, conn net.Conn) error {
	l := &link{name: name, conn: conn}
	l.heard = time.Now() // nobody knows it yet
	g.join(l)
	defer g.leave(l)
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		l.note(time.Now())
	}
	return lines.Err()
}

func (g *Gateway) join(l *link) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.links[l.name] = l
}

func (g *Gateway) leave(l *link) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.links[l.name] == l {
		delete(g.links, l.name)
	}
}

func (g *Gateway) all() []*link {
	g.mu.Lock()
	defer g.mu.Unlock()
	var list []*link
	for _, l := range g.links {
		list = append(list, l)
	}
	return list
}

// Sweep closes what has been silent for long.
func (g *Gateway) Sweep(now time.Time) {
	for _, l := range g.all() {
		if l.silentFor(now) > g.limit {
			_ = l.conn.Close()
		}
	}
}

// Lines counts what has come in.
func (g *Gateway) Lines() (total int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, l := range g.links {
		total += l.lines
	}
	return total
}

// A job runs on a goroutine of its own, and can be told to stop.
type job struct {
	name    string
	stopped bool
	run     func(part int) bool
}

// Start runs a job.
func (g *Gateway) Start(name string, run func(part int) bool) {
	j := &job{name: name, run: run}
	g.mu.Lock()
	g.taken = append(g.taken, j)
	g.mu.Unlock()
	go func() {
		for part := 0; !j.stopped && run(part); part++ {
		}
	}()
}

// StopAll ends all jobs.
func (g *Gateway) StopAll() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, j := range g.taken {
		j.stopped = true // want `j.stopped is written here, in an object found in taken, while whoever made it reads it at registered.go:\d+`
	}
}
