// Package websocket declares what fixtures use of github.com/gorilla/websocket.
package websocket

// A Conn supports one concurrent reader and one concurrent writer.
type Conn struct{}

// ReadMessage reads.
func (c *Conn) ReadMessage() (messageType int, p []byte, err error) { return 0, nil, nil }

// WriteMessage writes.
func (c *Conn) WriteMessage(messageType int, data []byte) error { return nil }

// Close may be called at any time.
func (c *Conn) Close() error { return nil }
