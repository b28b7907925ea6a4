package bad

import (
	"net"
	"sync"
)

// A handler is told of connections.
type handler interface {
	OnConnection(user int, conn net.Conn)
}

type service struct {
	handler handler
	keys    []string
}

func newService(h handler) *service { return &service{handler: h} }

func (s *service) update(keys []string) { s.keys = keys }

func (s *service) serve(conn net.Conn) { s.handler.OnConnection(len(s.keys)-1, conn) }

// Inbound has users, and a service that is told of them under the lock, but
// serves without.
type Inbound struct {
	sync.Mutex
	service *service
	users   []string
}

// NewInbound makes one.
func NewInbound() *Inbound {
	i := &Inbound{}
	i.service = newService(i)
	return i
}

// Add adds a user.
func (i *Inbound) Add(user string) {
	i.Lock()
	defer i.Unlock()
	i.users = append(i.users, user)
	i.service.update(i.users)
}

// Remove takes one out.
func (i *Inbound) Remove(user string) {
	i.Lock()
	defer i.Unlock()
	var rest []string
	for _, known := range i.users {
		if known != user {
			rest = append(rest, known)
		}
	}
	i.users = rest
	i.service.update(i.users)
}

// Count counts them.
func (i *Inbound) Count() int {
	i.Lock()
	defer i.Unlock()
	return len(i.users)
}

// Process serves a connection.
func (i *Inbound) Process(conn net.Conn) { i.service.serve(conn) }

// OnConnection is called by the service.
func (i *Inbound) OnConnection(user int, conn net.Conn) {
	_, _ = conn.Write([]byte(i.users[user])) // want `i.users is read without i.Mutex`
}
