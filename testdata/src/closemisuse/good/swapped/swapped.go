// Package swapped has connections that whoever comes first closes.
package swapped

import (
	"io"
	"net"
	"sync"

	"go.uber.org/atomic"
)

// A Conn sends and receives messages until one of the two fails.
type Conn struct {
	nc        net.Conn
	sender    chan []byte
	receiver  chan []byte
	closed    *atomic.Bool
	startOnce sync.Once
	done      chan struct{}
	wg        sync.WaitGroup
	ended     func(*Conn)
}

// NewConn makes one.
func NewConn(nc net.Conn, ended func(*Conn)) *Conn {
	return &Conn{
		nc:       nc,
		sender:   make(chan []byte, 10),
		receiver: make(chan []byte, 10),
		closed:   atomic.NewBool(false),
		done:     make(chan struct{}),
		ended:    ended,
	}
}

// Start starts it.
func (c *Conn) Start() {
	c.startOnce.Do(func() {
		c.wg.Add(2)
		go c.readLoop()
		go c.writeLoop()
	})
}

// Send sends a message.
func (c *Conn) Send(message []byte) error {
	select {
	case <-c.done:
		return net.ErrClosed
	case c.sender <- message:
		return nil
	}
}

// Close ends it.
func (c *Conn) Close() {
	if !c.closed.CAS(false, true) {
		return
	}
	go func() {
		close(c.done)
		_ = c.nc.Close()
		c.wg.Wait()
		c.ended(c)
	}()
}

func (c *Conn) readLoop() {
	defer func() {
		close(c.receiver)
		c.wg.Done()
		c.Close()
	}()
	for {
		message, err := io.ReadAll(c.nc)
		if err != nil {
			return
		}
		select {
		case <-c.done:
			return
		case c.receiver <- message:
		}
	}
}

func (c *Conn) writeLoop() {
	defer func() {
		c.wg.Done()
		c.Close()
	}()
	for {
		select {
		case <-c.done:
			return
		case message := <-c.sender:
			if _, err := c.nc.Write(message); err != nil {
				return
			}
		}
	}
}
