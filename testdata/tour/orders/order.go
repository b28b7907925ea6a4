// Package orders holds the orders and serves them over HTTP.
package orders

import (
	"errors"
	"sync"
)

// Cents is an amount of money.
type Cents int64

// A Line is one article of an order.
type Line struct {
	Article  string `json:"article"`
	Category uint16 `json:"category"`
	Quantity int    `json:"quantity"`
	Price    Cents  `json:"price"`
}

// An Order is what a customer wants.
type Order struct {
	ID       string `json:"id"`
	Customer string `json:"customer"`
	Lines    []Line `json:"lines"`
	Total    Cents  `json:"total"`
}

// Validate reports what is wrong with an order that came from outside.
func (o Order) Validate() error {
	switch {
	case o.ID == "":
		return errors.New("order has no id")
	case o.Customer == "":
		return errors.New("order has no customer")
	case len(o.Lines) == 0:
		return errors.New("order has no lines")
	}
	return nil
}

// A Store keeps orders by their ID. It is safe for concurrent use.
type Store struct {
	mu     sync.RWMutex
	orders map[string]Order
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{orders: make(map[string]Order)}
}

// Put adds an order, or replaces the one of the same ID.
func (s *Store) Put(order Order) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders[order.ID] = order
}

// Get returns the order of that ID.
func (s *Store) Get(id string) (Order, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	order, ok := s.orders[id]
	return order, ok
}

// ByCustomer returns all orders, grouped by the customer who placed them.
func (s *Store) ByCustomer() map[string][]Order {
	s.mu.RLock()
	defer s.mu.RUnlock()
	grouped := make(map[string][]Order)
	for _, order := range s.orders {
		grouped[order.Customer] = append(grouped[order.Customer], order)
	}
	return grouped
}
