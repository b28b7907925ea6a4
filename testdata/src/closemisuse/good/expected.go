package good

import (
	"errors"
	"net"
	"sync"
	"time"
)

var errClosed = errors.New("closed")

// A peer is what a datagram socket knows of one address. It closes itself when
// nothing has come for a while, and a packet that comes then is dropped.
type peer struct {
	mu      sync.Mutex
	last    time.Time
	closed  bool
	packets chan []byte
}

func newPeer() *peer {
	p := &peer{last: time.Now(), packets: make(chan []byte, 20)}
	go func() {
		for {
			time.Sleep(time.Second)
			p.mu.Lock()
			idle := time.Since(p.last) > time.Minute
			p.mu.Unlock()
			if idle {
				p.close()
				return
			}
		}
	}()
	return p
}

func (p *peer) put(packet []byte) {
	defer func() { _ = recover() }()
	select {
	case p.packets <- packet:
	default:
	}
}

func (p *peer) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.packets)
	}
}

// A Gate reads datagrams until its socket is closed. Who writes to it then
// learns so by what it recovers.
type Gate struct {
	conn   net.PacketConn
	writes chan []byte
}

// Serve serves a socket.
func Serve(conn net.PacketConn) *Gate {
	g := &Gate{conn: conn, writes: make(chan []byte, 100)}
	go func() {
		peers := make(map[string]*peer)
		for {
			buf := make([]byte, 1500)
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				close(g.writes)
				return
			}
			if peers[from.String()] == nil {
				peers[from.String()] = newPeer()
			}
			peers[from.String()].put(buf[:n])
		}
	}()
	return g
}

// Write sends a datagram.
func (g *Gate) Write(packet []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errClosed
		}
	}()
	g.writes <- packet
	return nil
}
