package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// maxSize bounds the store, in bytes. When it is exceeded, what hasn't been
// used for longest goes, until a quarter is free again, so that this doesn't
// happen at every run.
const maxSize = 2 << 30

// Trim removes what hasn't been used for days and, if the store is too
// large, more. It does nothing unless this Store has written something and
// the last time is a day ago.
func (s *Store) Trim() error {
	if s == nil || !s.hasWritten() || !s.isDue(time.Now()) {
		return nil
	}
	if err := s.cache.Trim(); err != nil {
		return err
	}
	return s.shrink(maxSize)
}

func (s *Store) hasWritten() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wrote
}

// isDue reports whether the last trim was long ago, or in the future, as
// after the clock was put back.
func (s *Store) isDue(now time.Time) bool {
	info, err := os.Stat(filepath.Join(s.dir, trimmed))
	return err != nil || now.Sub(info.ModTime()).Abs() > 24*time.Hour
}

// trimmed is the file that package cache writes when it has trimmed.
const trimmed = "trim.txt"

// shrink removes what hasn't been used for longest, if the store is larger
// than limit, until three quarters of it are left.
func (s *Store) shrink(limit int64) error {
	files, err := s.files()
	if err != nil {
		return err
	}
	total := size(files)
	if total <= limit {
		return nil
	}
	slices.SortStableFunc(files, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, f := range files {
		if total <= limit/4*3 {
			break
		}
		if err := os.Remove(s.path(f)); err == nil {
			total -= f.Size()
		}
	}
	return nil
}

func size(files []fs.FileInfo) int64 {
	var total int64
	for _, f := range files {
		total += f.Size()
	}
	return total
}

// valueName matches the files that package cache makes: an index entry (a)
// or a value (d), named by its hash.
var valueName = regexp.MustCompile(`^[0-9a-f]{64}-[ad]$`)

func (s *Store) path(f fs.FileInfo) string { return filepath.Join(s.dir, f.Name()[:2], f.Name()) }

// files returns the files that hold entries, in the order of their names.
func (s *Store) files() ([]fs.FileInfo, error) {
	var list []fs.FileInfo
	for _, folder := range s.folders() {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, entry := range entries {
			info, err := entry.Info() // fails if it is gone by now
			if err == nil && info.Mode().IsRegular() && valueName.MatchString(info.Name()) {
				list = append(list, info)
			}
		}
	}
	return list, nil
}

// folders returns the folders among which entries are spread.
func (s *Store) folders() []string {
	list := make([]string, 256)
	for i := range list {
		list[i] = filepath.Join(s.dir, fmt.Sprintf("%02x", i))
	}
	return list
}

// A Status says what a store holds.
type Status struct {
	Dir     string
	Entries int   // values
	Size    int64 // in bytes
	Limit   int64 // what Trim keeps it below
	Oldest  time.Time
}

// Status counts what the store holds.
func (s *Store) Status() (Status, error) {
	files, err := s.files()
	status := Status{Dir: s.dir, Size: size(files), Limit: maxSize}
	for _, f := range files {
		if f.Name()[len(f.Name())-1] == 'a' {
			status.Entries++
		}
		if status.Oldest.IsZero() || f.ModTime().Before(status.Oldest) {
			status.Oldest = f.ModTime()
		}
	}
	return status, err
}

// Clean removes all values, and the directory if nothing else is in it. What
// isn't of the store is left alone.
func (s *Store) Clean() error {
	files, err := s.files()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.Remove(s.path(f)); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	for _, name := range []string{trimmed, "README"} {
		_ = os.Remove(filepath.Join(s.dir, name)) // there may be none
	}
	for _, folder := range append(s.folders(), s.dir) {
		_ = os.Remove(folder) // refused unless empty
	}
	return nil
}
