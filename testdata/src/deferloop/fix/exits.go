package fix

import (
	"fmt"
	"io"
	"os"
)

func sizes(paths []string) (map[string]int64, error) {
	sizes := make(map[string]int64)
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close() // want `a file per iteration`
		info, err := f.Stat()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if info.IsDir() {
			continue // no size
		}
		sizes[path] = info.Size()
	}
	return sizes, nil
}

func concat(w io.Writer, paths []string) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() // want `a file per iteration`

		for range 2 {
			if _, err := io.Copy(w, f); err != nil {
				return err
			}
			continue
		}
	}
	return nil
}

func visit(paths []string, each func(*os.File) bool) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		defer f.Close() // want `a file per iteration`
		if !each(f) {
			continue
		}
		fmt.Println(path)
	}
}
