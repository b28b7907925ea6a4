package store

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "[a]", "store")) // as a pattern it would match nothing
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func key(i int) Key { return sha256.Sum256([]byte{byte(i)}) }

func TestStore(t *testing.T) {
	s := open(t)
	if _, ok := s.Get(key(1)); ok {
		t.Error("a value in an empty store")
	}
	s.Put(key(1), []byte("one"))
	s.Put(key(2), nil)
	s.Put(key(1), []byte("another"))
	if value, ok := s.Get(key(1)); string(value) != "another" || !ok {
		t.Errorf("%q, %t", value, ok)
	}
	if value, ok := s.Get(key(2)); len(value) != 0 || !ok {
		t.Errorf("%q, %t", value, ok)
	}
	if err := s.Err(); err != nil {
		t.Error(err)
	}
}

// TestNone: no store holds nothing, and doesn't mind.
func TestNone(t *testing.T) {
	var s *Store
	s.Put(key(1), []byte("one"))
	if _, ok := s.Get(key(1)); ok || s.Err() != nil || s.Trim() != nil {
		t.Error("nil isn't empty")
	}
}

// TestFailedWrite: the first failure is kept, and nothing is written then.
func TestFailedWrite(t *testing.T) {
	s := open(t)
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.Put(key(1), []byte("one"))
	err := s.Err()
	if err == nil {
		t.Fatal("no error")
	}
	s.Put(key(2), []byte("two"))
	if again := s.Err(); !errors.Is(again, err) {
		t.Error("tried again")
	}
}

func TestDir(t *testing.T) {
	t.Setenv(Variable, "off")
	if _, err := Dir(); !errors.Is(err, ErrOff) {
		t.Error(err)
	}
	t.Setenv(Variable, "relative")
	if _, err := Dir(); err == nil {
		t.Error("a relative path is taken")
	}
	t.Setenv(Variable, filepath.Join(t.TempDir(), "x", ".."))
	if dir, err := Dir(); err != nil || strings.HasSuffix(dir, "..") {
		t.Error(dir, err)
	}
	t.Setenv(Variable, "")
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if dir, err := Dir(); err == nil {
		t.Logf("%s", dir) // there are systems where it is known nevertheless
	}
}

// age makes a value look as if it was used some days ago.
func (s *Store) age(t *testing.T, k Key, days int) {
	t.Helper()
	at := time.Now().AddDate(0, 0, -days)
	entry, err := s.cache.Get([sha256.Size]byte(k))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fmt.Sprintf("%x-a", k), fmt.Sprintf("%x-d", entry.OutputID)} {
		if err := os.Chtimes(filepath.Join(s.dir, name[:2], name), at, at); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTrim: what is old goes, once a day, if something was written.
func TestTrim(t *testing.T) {
	s := open(t)
	for i := range 4 {
		s.Put(key(i), []byte{byte(i)})
	}
	s.age(t, key(0), 30)
	s.age(t, key(1), 2)
	if err := s.Trim(); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, true, true} {
		if _, ok := s.Get(key(i)); ok != want {
			t.Errorf("%d: %t", i, ok)
		}
	}
	s.age(t, key(2), 30)
	if err := s.Trim(); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Get(key(2)); !ok {
		t.Error("trimmed twice a day")
	}
	reopened := &Store{dir: s.dir, cache: s.cache}
	if reopened.Trim() != nil || reopened.hasWritten() {
		t.Error("a store that wrote nothing trims")
	}
}

// TestShrink: when there is too much, what wasn't used for longest goes.
func TestShrink(t *testing.T) {
	s := open(t)
	for i := range 10 {
		s.Put(key(i), []byte(strings.Repeat(string(rune('a'+i)), 1000)))
		s.age(t, key(i), 4-i/3)
	}
	if err := s.shrink(100 << 10); err != nil {
		t.Fatal(err)
	}
	if status, err := s.Status(); err != nil || status.Entries != 10 {
		t.Errorf("%+v, %v", status, err)
	}
	if err := s.shrink(9000); err != nil {
		t.Fatal(err)
	}
	status, err := s.Status()
	if err != nil || status.Size > 9000/4*3 || status.Size < 4000 {
		t.Errorf("%+v, %v", status, err)
	}
	if _, ok := s.Get(key(0)); ok {
		t.Error("the oldest is left")
	}
	if _, ok := s.Get(key(9)); !ok {
		t.Error("the youngest is gone")
	}
}

// TestClean: only what is the store's own is removed.
func TestClean(t *testing.T) {
	s := open(t)
	s.Put(key(1), []byte("one"))
	mine := filepath.Join(s.dir, "00", "mine.txt")
	if err := os.WriteFile(mine, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := s.Clean(); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Get(key(1)); ok || !exists(mine) || exists(filepath.Join(s.dir, "01")) {
		t.Error("cleaned badly")
	}
	if err := os.Remove(mine); err != nil {
		t.Fatal(err)
	}
	if err := s.Clean(); err != nil || exists(s.dir) {
		t.Errorf("%v; there still is %s", err, s.dir)
	}
}

// TestBuildID: executables are told apart by what the linker wrote, or by
// their contents.
func TestBuildID(t *testing.T) {
	id, err := Build()
	if err != nil || id == "" {
		t.Errorf("%q, %v", id, err)
	}
	for content, want := range map[string]string{
		"\x7fELF\xff Go build ID: \"abc/def\"\n \xffrest": "abc/def",
		"stripped":                             "sha256 " + fmt.Sprintf("%x", sha256.Sum256([]byte("stripped"))),
		"\x7fELF\xff Go build ID: \"\"\n \xff": "sha256 " + fmt.Sprintf("%x", sha256.Sum256([]byte("\x7fELF\xff Go build ID: \"\"\n \xff"))),
	} {
		if got, err := buildID(strings.NewReader(content)); err != nil || got != want {
			t.Errorf("%q: %q, %v", content, got, err)
		}
	}
}
