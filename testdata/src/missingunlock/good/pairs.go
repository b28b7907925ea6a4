package good

import (
	"context"
	"errors"
	"sync"
)

// This file holds what is taken by methods with a key or a weight, and given
// back on every path, or handed on.

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

func (k *keys) TryLock(name string) bool { return k.of(name).TryLock() }

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
	later func(func())
}

// move takes two keys in the order of their names.
func (l *ledger) move(from, to string, sum int) error {
	if from == to {
		return errSame
	}
	l.keys.Lock(min(from, to))
	defer l.keys.Unlock(min(from, to))
	first, second := from, to
	if second < first {
		first, second = second, first
	}
	l.keys.Lock(first)
	defer l.keys.Unlock(first)
	l.keys.Lock(second)
	defer l.keys.Unlock(second)
	if err := l.store(from, -sum); err != nil {
		return err
	}
	return l.store(to, sum)
}

// open hands the key to whoever closes the account.
func (l *ledger) open(account string) (int, error) {
	l.keys.Lock(account)
	balance, err := l.load(account)
	if err != nil {
		l.keys.Unlock(account)
		return 0, err
	}
	return balance, nil
}

func (l *ledger) shut(account string) { l.keys.Unlock(account) }

// tryAdd has the key only where TryLock says so.
func (l *ledger) tryAdd(account string, sum int) error {
	if !l.keys.TryLock(account) {
		return errSame
	}
	defer l.keys.Unlock(account)
	return l.store(account, sum)
}

// sum gives back in a deferred literal.
func (l *ledger) sum(ctx context.Context, accounts []string) (sum int, err error) {
	n := len(accounts)
	if err := l.units.Acquire(ctx, n); err != nil {
		return 0, err
	}
	defer func() {
		l.units.Release(n)
	}()
	for _, account := range accounts {
		balance, err := l.load(account)
		if err != nil {
			return 0, err
		}
		sum += balance
	}
	return sum, nil
}

// flush gives the units to a function that runs later, or at once.
func (l *ledger) flush(ctx context.Context, account string, sum int) error {
	if err := l.units.Acquire(ctx, 1); err != nil {
		return err
	}
	if sum > 0 {
		l.later(func() {
			defer l.units.Release(1)
			_ = l.store(account, sum)
		})
		return nil
	}
	l.units.Release(1)
	return nil
}

// rename gives back under the new name what it took under the old one.
func (l *ledger) rename(account string, fresh func(string) string) error {
	l.keys.Lock(account)
	if err := l.store(account, 0); err != nil {
		l.keys.Unlock(account)
		return err
	}
	account = fresh(account)
	l.keys.Unlock(account)
	return nil
}

type weights struct {
	mu   sync.Mutex
	free int64
}

func (w *weights) Acquire(ctx context.Context, n int64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.free < n {
		return errors.New("none left")
	}
	w.free -= n
	return nil
}

func (w *weights) Release(n int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.free += n
}

func NewWeights(n int64) *weights { return &weights{free: n} }

// upload limits itself. Nobody is left to wait for what the last round took:
// that goes with the function.
func upload(ctx context.Context, next func() ([]byte, error), send func([]byte) error) error {
	var wg sync.WaitGroup
	limit := NewWeights(4)
	var failed error
	for {
		if failed = limit.Acquire(ctx, 1); failed != nil {
			break
		}
		var part []byte
		if part, failed = next(); failed != nil || len(part) == 0 {
			break
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer limit.Release(1)
			_ = send(part)
		}()
	}
	wg.Wait()
	if failed != nil {
		return failed
	}
	return nil
}
