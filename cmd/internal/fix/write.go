package fix

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// A journal is what a run that replaces files leaves behind when it is
// killed. It names the new files beside the old ones before they are written;
// once they are all there, it says so, and from then on the next run can
// finish. Before, nothing has changed and the next run cleans up. It is locked
// as long as the run lives.
type journal struct{ Files []replacement }

type replacement struct {
	File, Temp string
	Old, New   string // SHA-256
}

// prefix begins the names of new files beside the old ones.
const prefix = ".goconclint-fix-"

// journalDir is where journals are: in a place of the user's that doesn't
// depend on the working directory.
func journalDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = filepath.Join(os.TempDir(), fmt.Sprintf("goconclint-%d", os.Getuid()))
	}
	dir := filepath.Join(cache, "goconclint", "fix")
	return dir, os.MkdirAll(dir, 0o700)
}

// complete stands behind the list of files once the new ones are there.
const complete = "complete\n"

// Write writes all changes or, if that fails, none.
func (p *Plan) Write() (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("nothing is fixed: %w", err)
		}
	}()
	file, err := newJournal()
	if err != nil {
		return err
	}
	defer func() { _ = errors.Join(os.Remove(file.Name()), file.Close()) }()
	var j journal
	id := strings.TrimSuffix(filepath.Base(file.Name()), ".json")
	for i, c := range p.Changes {
		r, err := planned(c, fmt.Sprintf("%s%s-%d", prefix, id, i))
		if err != nil {
			return err
		}
		j.Files = append(j.Files, r)
	}
	if err := errors.Join(json.NewEncoder(file).Encode(j), file.Sync()); err != nil {
		return err
	}
	defer j.clean()
	for i, r := range j.Files {
		if err := r.write(p.Changes[i].New); err != nil {
			return err
		}
	}
	if _, err := file.WriteString(complete); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	for i, r := range j.Files {
		if err := r.replace(); err != nil {
			return errors.Join(err, p.restore(j.Files[:i]))
		}
	}
	return nil
}

// newJournal returns an empty one, locked.
func newJournal() (*lockedfile.File, error) {
	dir, err := journalDir()
	if err != nil {
		return nil, err
	}
	spare, err := os.CreateTemp(dir, "*.json")
	if err != nil {
		return nil, err
	}
	if err := spare.Close(); err != nil {
		return nil, err
	}
	return lockedfile.OpenFile(spare.Name(), os.O_RDWR, 0o600)
}

// planned says where the new content of a file will lie: beside the old one,
// so that it gets there by renaming. Links are followed.
func planned(c Change, temp string) (replacement, error) {
	file, err := filepath.EvalSymlinks(c.File)
	if err != nil {
		return replacement{}, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return replacement{}, err
	}
	if info.Mode().Perm()&0o200 == 0 {
		return replacement{}, fmt.Errorf("%s is read-only", c.File)
	}
	return replacement{file, filepath.Join(filepath.Dir(file), temp), sum(c.Old), sum(c.New)}, nil
}

// write writes the new file, down to the disk.
func (r replacement) write(content []byte) error {
	info, err := os.Stat(r.File)
	if err != nil {
		return err
	}
	temp, err := os.OpenFile(r.Temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = temp.Write(content)
	return errors.Join(err, temp.Chmod(info.Mode().Perm()), temp.Sync(), temp.Close())
}

// clean removes the new files that aren't in their places.
func (j *journal) clean() {
	for _, r := range j.Files {
		if strings.HasPrefix(filepath.Base(r.Temp), prefix) {
			_ = os.Remove(r.Temp)
		}
	}
}

// replace puts the new file in its place, unless somebody has changed the old
// one meanwhile.
func (r replacement) replace() error {
	content, err := os.ReadFile(r.File)
	if err != nil {
		return err
	}
	if sum(content) != r.Old {
		return fmt.Errorf("%s has changed since it was analysed", r.File)
	}
	return os.Rename(r.Temp, r.File)
}

// restore undoes replacements.
func (p *Plan) restore(done []replacement) error {
	var errs []error
	for i, r := range done {
		back := replacement{r.File, r.Temp, r.New, r.Old}
		err := back.write(p.Changes[i].Old)
		if err == nil {
			err = back.replace()
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Recover finishes what runs that were killed have begun. It returns the
// files that it has put in their places.
func Recover() ([]string, error) {
	dir, err := journalDir()
	if err != nil {
		return nil, nil //nolint:nilerr // then no run has written one there either
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var finished []string
	var errs []error
	for _, name := range names {
		files, err := finish(name)
		finished = append(finished, files...)
		errs = append(errs, err)
	}
	return finished, errors.Join(errs...)
}

func finish(name string) (finished []string, err error) {
	file, err := lockedfile.OpenFile(name, os.O_RDWR, 0o600) // waits for a run that is alive
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := os.Stat(name); err != nil {
		return nil, nil //nolint:nilerr // the run was alive and is done
	}
	defer func() { err = errors.Join(err, os.Remove(name)) }()
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	var j journal
	list, rest, _ := strings.Cut(string(content), "\n")
	if json.Unmarshal([]byte(list), &j) != nil {
		return nil, nil // killed before anything was written
	}
	defer j.clean()
	if rest != complete {
		return nil, nil // killed before anything changed
	}
	for _, r := range j.Files {
		if content, err := os.ReadFile(r.Temp); err != nil || sum(content) != r.New {
			continue // in its place already
		}
		if err := r.replace(); err != nil {
			return finished, err
		}
		finished = append(finished, r.File)
	}
	return finished, nil
}
