// Package live has one goroutine that reads and one that writes.
package live

import (
	"github.com/gorilla/websocket"
)

// Serve echoes through a channel.
func Serve(conn *websocket.Conn) error {
	out := make(chan []byte, 8)
	defer close(out)
	go func() {
		for text := range out {
			conn.WriteMessage(1, text)
		}
		conn.Close()
	}()
	for {
		_, text, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		out <- text
	}
}
