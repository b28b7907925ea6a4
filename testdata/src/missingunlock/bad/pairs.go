package bad

import (
	"context"
	"errors"
	"sync"
)

// This file holds what is taken by methods with a key or a weight, and stays
// behind on a path.

// keys has a lock for each name.
type keys struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
}

func (k *keys) of(name string) *sync.Mutex {
	k.mu.Lock()
	defer k.mu.Unlock()
	lock := k.locks[name]
	if lock == nil {
		lock = new(sync.Mutex)
		k.locks[name] = lock
	}
	return lock
}

func (k *keys) Lock(name string)   { k.of(name).Lock() }
func (k *keys) Unlock(name string) { k.of(name).Unlock() }

// units is a semaphore with weights.
type units struct {
	mu   sync.Mutex
	cond *sync.Cond
	free int
}

func (u *units) Acquire(ctx context.Context, n int) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	for u.free < n {
		if err := ctx.Err(); err != nil {
			return err
		}
		u.cond.Wait()
	}
	u.free -= n
	return nil
}

func (u *units) Release(n int) {
	u.mu.Lock()
	u.free += n
	u.mu.Unlock()
	u.cond.Broadcast()
}

var errSame = errors.New("nothing to do")

type ledger struct {
	keys  keys
	units *units
	load  func(string) (int, error)
	store func(string, int) error
}

// add forgets the key if nothing is added.
func (l *ledger) add(account string, sum int) error {
	l.keys.Lock(account)
	old, err := l.load(account)
	if err != nil {
		l.keys.Unlock(account)
		return err
	}
	if sum == 0 {
		return errSame // want `return keeps what l.keys.Lock took at line \d+: other paths call Unlock`
	}
	err = l.store(account, old+sum)
	l.keys.Unlock(account)
	return err
}

// sum keeps its units if an account can't be read.
func (l *ledger) sum(ctx context.Context, accounts []string) (int, error) {
	n := len(accounts)
	if err := l.units.Acquire(ctx, n); err != nil {
		return 0, err
	}
	sum := 0
	for _, account := range accounts {
		balance, err := l.load(account)
		if err != nil {
			return 0, err // want `return keeps what l.units.Acquire took at line \d+: other paths call Release`
		}
		sum += balance
	}
	l.units.Release(n)
	return sum, nil
}

// touch skips the unlock with the account.
func (l *ledger) touch(accounts []string) {
	for _, account := range accounts {
		l.keys.Lock(account)
		balance, err := l.load(account)
		if err != nil {
			continue // want `continue keeps what l.keys.Lock took at line \d+: other paths call Unlock`
		}
		_ = l.store(account, balance)
		l.keys.Unlock(account)
	}
}

// lend makes units for others: they outlive it.
func lend(ctx context.Context, next func() (int, error), keep func(*units)) error {
	own := &units{free: 4}
	keep(own)
	if err := own.Acquire(ctx, 1); err != nil {
		return err
	}
	_, err := next()
	if err != nil {
		return err // want `return keeps what own.Acquire took at line \d+: other paths call Release`
	}
	own.Release(1)
	return nil
}
