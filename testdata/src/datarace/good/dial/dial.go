// Package dial keeps a connection to a server: Connect comes before what
// goes over it.
package dial

import (
	"io"
	"net"
	"sync"
	"time"
)

// A Conn is connected once.
type Conn struct {
	mu      sync.Mutex
	logs    sync.Mutex
	last    error // under logs
	addr    string
	conn    *net.TCPConn
	w       io.Writer
	wg      sync.WaitGroup
	answers chan []byte
	quit    chan struct{}
}

// NewConn makes a Conn that isn't connected yet.
func NewConn(addr string) *Conn {
	return &Conn{addr: addr, answers: make(chan []byte), quit: make(chan struct{})}
}

// Connect dials, says hello and listens.
func (c *Conn) Connect() error {
	conn, err := net.Dial("tcp", c.addr)
	if err != nil {
		return err
	}
	c.conn = conn.(*net.TCPConn)
	c.w = conn
	if err := c.secure(); err != nil {
		return err
	}
	c.wg.Add(2)
	go c.listen()
	go c.flush()
	return nil
}

func (c *Conn) secure() error {
	c.w = io.MultiWriter(c.conn)
	return c.Send([]byte("hello"))
}

func (c *Conn) listen() {
	defer c.wg.Done()
	for {
		p := make([]byte, 512)
		if _, err := c.conn.Read(p); err != nil {
			return
		}
		select {
		case c.answers <- p:
		case <-c.quit:
			return
		}
	}
}

func (c *Conn) flush() {
	defer c.wg.Done()
	for {
		select {
		case p := <-c.answers:
			c.Send(p)
		case <-c.quit:
			return
		}
	}
}

// Write writes in time.
func (c *Conn) Write(p []byte) (int, error) {
	c.conn.SetWriteDeadline(time.Now().Add(time.Second))
	return c.w.Write(p)
}

// Send is for several goroutines.
func (c *Conn) Send(p []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.Write(p)
	if err != nil {
		c.note(err)
	}
	return err
}

func (c *Conn) note(err error) {
	c.logs.Lock()
	defer c.logs.Unlock()
	c.last = err
}

// Close ends what Connect has started.
func (c *Conn) Close() error {
	close(c.quit)
	return c.conn.Close()
}
