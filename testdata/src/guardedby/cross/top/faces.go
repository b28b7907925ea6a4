package top

import (
	"sync"

	"fixtures/guardedby/cross/base"
)

// vault is known by an interface of the package, behind which its methods
// take the lock by helpers three packages away, or forget it.
type vault struct {
	mu   sync.Mutex
	coin int
}

type holder interface {
	put(n int)
	take(n int) int
	peek() int
}

func (v *vault) put(n int) {
	base.Enter(&v.mu)
	defer base.Leave(&v.mu)
	v.coin += n
}

func (v *vault) take(n int) int {
	base.Enter(&v.mu)
	defer base.Leave(&v.mu)
	v.coin -= n
	return v.coin
}

func (v *vault) peek() int {
	return v.coin // want `v.coin is read without v.mu: 3 of 4 uses hold it`
}

type Bank struct{ holder holder }

func NewBank() *Bank { return &Bank{&vault{}} }

func (b *Bank) Pay(n int)          { b.holder.put(n) }
func (b *Bank) Withdraw(n int) int { return b.holder.take(n) }
func (b *Bank) Balance() int       { return b.holder.peek() }
