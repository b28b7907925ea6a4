package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/store"
)

// cacheWord asks -debug why packages were analysed.
const cacheWord = "cache"

// openStore opens the store of results. Without one everything is analysed,
// which is said unless the user wants it so.
func openStore() *store.Store {
	dir, err := store.Dir()
	if err == nil {
		var opened *store.Store
		if opened, err = store.Open(dir); err == nil {
			return opened
		}
	}
	if !errors.Is(err, store.ErrOff) {
		warnStore(err)
	}
	return nil
}

// closeStore throws away what is old and says what went wrong.
func closeStore(s *store.Store) {
	err := s.Err()
	if err == nil {
		err = s.Trim()
	}
	if err != nil {
		warnStore(err)
	}
}

func warnStore(err error) {
	fmt.Fprintf(os.Stderr, "goconclint: results are right but can't be kept for the next run: %v (%s=off leaves the cache out)\n", err, store.Variable)
}

// showVisits writes which packages were analysed and why.
func (o *options) showVisits(result *drive.Result) {
	if o.counters != cacheWord || result == nil {
		return
	}
	for _, visit := range result.Visits {
		if visit.Stored {
			fmt.Fprintf(os.Stderr, "%s: from the cache\n", visit.Package)
		} else {
			fmt.Fprintf(os.Stderr, "%s: analysed: %s\n", visit.Package, strings.Join(visit.Why, ", "))
		}
	}
}

// manageCache is the command "goconclint cache".
func manageCache(w io.Writer, args []string) error {
	if len(args) != 1 || args[0] != "status" && args[0] != "clean" {
		return errors.New("cache wants status or clean (for a package of that name write ./cache)")
	}
	dir, err := store.Dir()
	if errors.Is(err, store.ErrOff) {
		_, err = fmt.Fprintln(w, store.ErrOff)
		return err
	}
	if err != nil {
		return err
	}
	opened, err := store.Open(dir)
	if err != nil {
		return err
	}
	if args[0] == "clean" {
		return opened.Clean()
	}
	return cacheStatus(w, opened)
}

func cacheStatus(w io.Writer, s *store.Store) error {
	status, err := s.Status()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "directory: %s\nentries:   %d\nsize:      %.1f MB of at most %.0f MB\n",
		status.Dir, status.Entries, float64(status.Size)/1e6, float64(status.Limit)/1e6)
	if status.Entries > 0 {
		fmt.Fprintf(w, "oldest:    used %s\n", status.Oldest.Format(time.DateTime))
	}
	return nil
}
