package good

import (
	"embed"
	"errors"
	"io"
	"os"
	"strconv"
	"time"
)

// namespaces is a table that nobody adds to.
var namespaces = map[int]string{1: "mnt", 2: "net", 4: "uts"}

// The table of the package is short.
func enter(flags int) error {
	for flag, name := range namespaces {
		if flags&flag == 0 {
			continue
		}
		f, err := os.Open("/proc/self/ns/" + name)
		if err != nil {
			return err
		}
		defer f.Close()
		f.Sync()
	}
	return nil
}

type link struct{ tries int }

func (l *link) up() error {
	if l.tries++; l.tries < 2 {
		return errors.New("down")
	}
	return nil
}

// The loop has a limit beside its other condition.
func dialled(l *link) error {
	tries := 0
	for err := l.up(); err != nil && tries < 3; tries++ {
		timer := time.NewTimer(time.Second)
		defer timer.Stop()
		err = l.up()
	}
	return nil
}

var schemas embed.FS

// An embedded file holds nothing, nor does what only looks like a file.
func embedded(names []string, r io.Reader) error {
	for _, name := range names {
		f, err := schemas.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		body := io.NopCloser(r)
		defer body.Close()
		io.Copy(io.Discard, body)
	}
	return nil
}

// A ref is one of those that keep a record from being removed.
type ref struct{ of *record }

type record struct{ refs int }

func (r *ref) Clone() *ref { r.of.refs++; return &ref{r.of} }

func (r *ref) Release() { r.of.refs-- }

type cache map[string]*record

func (c cache) get(id string) (*ref, error) {
	r, ok := c[id]
	if !ok {
		return nil, errors.New("no " + id)
	}
	r.refs++
	return &ref{r}, nil
}

// A lease declares Release in an interface that another one embeds.
type lease interface{ Release() }

type shared interface {
	lease
	Clone() shared
}

func leased(ids []string, get func(id string) shared) int {
	n := 0
	for _, id := range ids {
		s := get(id)
		if s == nil {
			continue
		}
		n++
		defer s.Release()
	}
	return n
}

// The references keep alive what is noted until the function has chosen.
func candidates(c cache, n int) map[string]bool {
	known := make(map[string]bool)
	for i := range n {
		id := strconv.Itoa(i)
		r, err := c.get(id)
		if err != nil {
			continue
		}
		known[id] = true
		defer r.Release()
	}
	return known
}

// One element of all is opened.
func last(paths []string) error {
	for i, path := range paths {
		if i == len(paths)-1 {
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			f.Sync()
		}
	}
	return nil
}
