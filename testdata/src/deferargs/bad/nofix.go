package bad

import (
	"log"
	"os"
)

type recorder struct{ n int }

func (r *recorder) guard(err error) {
	if p := recover(); p != nil {
		log.Println(p, err)
	}
}

// No fix: recover would no longer be called by the deferred function.
func guarded(r *recorder, path string) (err error) {
	defer r.guard(err) // want `err is evaluated`
	_, err = os.Stat(path)
	return err
}

// No fix: the name would change, too, or the token be made late.
func other(r *recorder, path string) (err error) {
	defer log.Println(path, err)    // want `err is evaluated`
	defer log.Println(next(r), err) // want `err is evaluated`
	path += ".bak"
	_, err = os.Stat(path)
	return err
}

func next(r *recorder) int { r.n++; return r.n }

// No fix: the other value would be read late, too, in a loop.
func inLoop(paths []string) {
	for _, path := range paths {
		var err error
		defer log.Println(path, err) // want `err is evaluated`
		_, err = os.Stat(path)
	}
}

// No fix: which of the two was meant isn't known.
func two(first, second string) error {
	f, err := os.Open(first)
	if err != nil {
		return err
	}
	defer f.Close() // want `f is replaced`
	if f, err = os.Open(second); err != nil {
		return err
	}
	return f.Sync()
}

// No fix: the literal sets its parameter.
func resets(path string) (err error) {
	defer func(err error) {
		if os.IsNotExist(err) {
			err = nil
		}
		log.Println(err)
	}(err) // want `err is evaluated`
	_, err = os.Stat(path)
	return err
}
