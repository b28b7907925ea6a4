// Package store keeps what runs found, for later runs: values under keys
// that describe all that they depend on. It is a directory in the file cache
// format of the go command, by github.com/rogpeppe/go-internal/cache, which
// is safe for processes that run at the same time, and checks each value
// against its hash: what is damaged, cut off or half-written isn't there.
//
// Nothing in the store is needed. Whatever goes wrong with it costs time and
// never an answer.
package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/rogpeppe/go-internal/cache"
)

// Variable is the environment variable that says where the store lies: an
// absolute path, or "off" for none.
const Variable = "GOCONCLINT_CACHE"

// ErrOff says that the user wants no store.
var ErrOff = errors.New("the cache is off: " + Variable + "=off")

// Dir returns the directory of the store: what the environment says, else
// one in the user's cache directory. The error is ErrOff if there is to be
// none.
func Dir() (string, error) {
	switch dir := os.Getenv(Variable); {
	case dir == "off":
		return "", ErrOff
	case dir == "":
		caches, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		return filepath.Join(caches, "goconclint"), nil
	case !filepath.IsAbs(dir):
		return "", fmt.Errorf("%s must be an absolute path or off, not %q", Variable, dir)
	default:
		return filepath.Clean(dir), nil
	}
}

// A Key is the hash of all that a value depends on.
type Key [sha256.Size]byte

// A Store is a directory of values. Its methods may be called by several
// goroutines at once, and on a nil Store, which holds nothing.
type Store struct {
	dir   string
	cache *cache.Cache

	mu     sync.Mutex
	wrote  bool
	failed error // of the first write that failed; nothing is written afterwards
}

const readme = `This is the cache of goconclint: results that later runs use.
"goconclint cache clean" empties it; to delete it does no harm.
`

// Open opens the store in a directory, which is made if need be.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	c, err := cache.Open(dir)
	if err != nil {
		return nil, err
	}
	if about := filepath.Join(dir, "README"); !exists(about) {
		if err := os.WriteFile(about, []byte(readme), 0o666); err != nil {
			return nil, err
		}
	}
	return &Store{dir: dir, cache: c}, nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// Get returns the value under a key, and whether there is one.
func (s *Store) Get(key Key) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	value, _, err := s.cache.GetBytes(cache.ActionID(key))
	return value, err == nil
}

// Put stores a value. A failure is remembered for [Store.Err], and nothing
// is written from then on.
func (s *Store) Put(key Key, value []byte) {
	if s == nil || s.Err() != nil {
		return
	}
	// Without verification: that one, an option for developers of the go
	// command, panics.
	_, _, err := s.cache.PutNoVerify(cache.ActionID(key), bytes.NewReader(value))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrote = true
	if err != nil && s.failed == nil {
		s.failed = err
	}
}

// Err returns why a value couldn't be stored, nil if all could.
func (s *Store) Err() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}
