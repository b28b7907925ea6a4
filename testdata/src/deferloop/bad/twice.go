package bad

import (
	"io"
	"os"
)

// One of the paths to the next iteration doesn't close.
func appendSome(w io.Writer, paths []string) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() // want `f.Close runs when appendSome returns, not at the end of the iteration`
		info, err := f.Stat()
		if err != nil || info.IsDir() {
			continue
		}
		if _, err := io.Copy(w, f); err != nil {
			return err
		}
		f.Close()
	}
	return nil
}
