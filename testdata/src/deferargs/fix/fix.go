package fix

import (
	"fmt"
	"log"
	"log/slog"
	"os"
	"time"
)

type observer interface{ Observe(float64) }

type recorder struct{ n int }

func (r recorder) print()            { fmt.Println(r.n) }
func (r *recorder) finish(err error) { log.Println(r.n, err) }

func timed(o observer, name string) {
	start := time.Now()
	defer o.Observe(time.Since(start).Seconds())            // want `time.Since`
	defer log.Printf("%s took %v", name, time.Since(start)) // want `time.Since`
	os.Remove(name)
}

func read(r *recorder, path string) (data []byte, err error) {
	n := 0
	defer r.finish(err)                     // want `err is evaluated`
	defer log.Println("read", path, n, err) // want `n is evaluated`
	defer slog.Info("read",
		"path", path, // as given
		"err", err, // want `err is evaluated`
		"usage", `
  raw strings
stay as they are`,
	)
	data, err = os.ReadFile(path)
	n = len(data)
	return data, err
}

func hidden(path string) (err error) {
	defer func(err error) {
		if err != nil {
			os.Remove(path)
		}
	}(err) // want `err is evaluated`
	_, err = os.Stat(path)
	return err
}

func copied(paths []string) {
	var r recorder
	defer r.print() // want `r is copied`
	for range paths {
		r.n++
	}
}
