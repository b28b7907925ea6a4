// Package live writes to a websocket from two goroutines.
package live

import (
	"time"

	"github.com/gorilla/websocket"
)

// Serve echoes, and pings from another goroutine.
func Serve(conn *websocket.Conn, tick <-chan time.Time) error {
	go func() {
		for range tick {
			conn.WriteMessage(1, []byte("tick")) // want `conn is used here and at live.go:\d+ at the same time, and a websocket.Conn isn't safe`
		}
	}()
	for {
		kind, text, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		if err := conn.WriteMessage(kind, text); err != nil {
			return err
		}
	}
}
