package fix

import (
	"fmt"
	"io"
	"log"
	"os"
	"sync"
)

type counter struct {
	mu   sync.Mutex
	seen map[string]int
}

func (c *counter) add(keys []string) {
	for _, key := range keys { // each key once
		c.mu.Lock()
		defer c.mu.Unlock() // want `deadlock`
		c.seen[key]++
	}
}

func printAll(paths []string) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err == nil {
			// Small files only.
			defer f.Close() // want `a file per iteration`
			for {
				if n, err := io.Copy(os.Stdout, f); n == 0 || err != nil {
					break
				}
			}
			fmt.Print(`
end of file
`)
		}

		log.Println(path, err)
	}
}
