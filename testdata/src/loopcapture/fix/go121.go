//go:build go1.21

package fix

import (
	"log"
	"os"
)

func remove(paths []string) {
	for i, path := range paths {
		log.Println("removing", path)
		go func() { // one each
			log.Println(i, os.Remove(path)) // want `i and path are shared`
		}()
	}
	for _, path := range paths {
		if path != "" {
			defer func() {
				os.Remove(path) // want `path is shared`
			}()
		}
	}
}

func pointers(paths []string) (out []*string) {
	for _, path := range paths {
		out = append(out, &path) // want `path is shared`
	}
	return out
}
