package bad

import (
	"log"
	"os"
	"sync"
)

// No fix: return would leave the literal only.
func sizesOf(paths []string) (sum int64, err error) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return 0, err
		}
		defer f.Close() // want `a file per iteration`
		info, err := f.Stat()
		if err != nil {
			continue
		}
		sum += info.Size()
	}
	return sum, nil
}

// No fix: the other deferred call would come along.
func both(mu *sync.Mutex, names []string) {
	for _, name := range names {
		defer log.Println("visited", name)
		mu.Lock()
		defer mu.Unlock() // want `mu is locked again`
		log.Println(name)
	}
}
