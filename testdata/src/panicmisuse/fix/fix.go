package fix

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

type point struct{ x, y int }

func pair(a, b string) (p point, err error) {
	p.x, err = strconv.Atoi(a)
	if err != nil {
		panic(err) // want `panic\(err\) in pair`
	}
	p.y, err = strconv.Atoi(b)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", b, err)) // want `panic in pair`
	}
	return p, nil
}

func all(path string) (n int, ok bool, name string, t time.Time, m map[string]int, f *os.File, err error) {
	f, err = os.Open(path)
	if err != nil {
		// The file comes from the user.
		panic(fmt.Errorf("open: %w", err)) // want `panic in all`
	}
	return 1, true, path, time.Now(), nil, f, nil
}

func generic[T any](path string, decode func([]byte) (T, error)) (T, [2]int, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err) // want `panic\(err\) in generic`
	}
	v, err := decode(data)
	return v, [2]int{}, err
}

func alone(path string) error {
	err := os.Remove(path)
	if err == nil {
		return nil
	}
	panic(err) // want `panic\(err\) in alone`
}

func literal(paths []string) func(int) (string, error) {
	return func(i int) (string, error) {
		if _, err := os.Stat(paths[i]); err != nil {
			panic(err) // want `panic\(err\) in a function literal`
		}
		return paths[i], nil
	}
}

var _ = []any{pair, all, generic[int], alone, literal}
