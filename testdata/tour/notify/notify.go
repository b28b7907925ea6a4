// Package notify tells other services about orders.
package notify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/goconclint/goconclint/testdata/tour/orders"
)

// A Notifier posts orders to its subscribers.
type Notifier struct {
	client      *http.Client
	subscribers []string
}

// New returns a notifier for the services at these addresses.
func New(subscribers []string) *Notifier {
	return &Notifier{client: &http.Client{Timeout: 5 * time.Second}, subscribers: subscribers}
}

// Placed tells every subscriber about the order and waits until they know.
// A subscriber that can't be reached doesn't hinder the others.
func (n *Notifier) Placed(order orders.Order) error {
	body, err := json.Marshal(order)
	if err != nil {
		return fmt.Errorf("encoding order %s: %w", order.ID, err)
	}
	var pending sync.WaitGroup
	var address string
	for _, address = range n.subscribers {
		pending.Go(func() {
			if err := n.post(address, body); err != nil {
				slog.Warn("subscriber not notified", "address", address, "err", err)
			}
		})
	}
	pending.Wait()
	slog.Debug("order announced", "id", order.ID, "last", address)
	return nil
}

func (n *Notifier) post(address string, body []byte) error {
	response, err := n.client.Post(address, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("answered %s", response.Status)
	}
	return nil
}
