package good

import (
	"errors"
	"sync"
)

// A poster signs with its own key and the account that goes with it, unless
// it is given a key: only then it asks for the account, under the lock.
type poster struct {
	mu      sync.Mutex
	key     *key
	account string
}

type key struct{ secret string }

func (c *poster) accountOf(k *key) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.account == "" {
		c.account = k.secret + "@"
	}
	return c.account
}

func (c *poster) post(with *key, body string) (string, error) {
	account := ""
	if with == nil {
		if c.key == nil {
			return "", errors.New("no key")
		}
		with = c.key
		account = c.accountOf(with)
	}
	return account + body, nil
}

func (c *poster) postTwice(with *key, body string) (string, error) {
	if _, err := c.post(with, body); err != nil {
		return "", err
	}
	return c.post(with, body)
}

func (c *poster) Register(name string) error {
	if c.key == nil {
		return errors.New("no key")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	reply, err := c.postTwice(c.key, name)
	if err != nil {
		return err
	}
	c.account = reply
	return nil
}
