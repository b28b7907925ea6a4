package bad

import (
	"log"
	"os"
	"sync"
)

// No fix: the loop ends, or the function succeeds, in the middle.
func sizesOf(paths []string) (sum int64, err error) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return 0, err
		}
		defer f.Close() // want `a file per iteration`
		info, err := f.Stat()
		if err != nil {
			break
		}
		sum += info.Size()
	}
	return sum, nil
}

func anyEmpty(paths []string) (string, error) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer f.Close() // want `a file per iteration`
		if info, err := f.Stat(); err == nil && info.Size() == 0 {
			return path, nil
		}
	}
	return "", nil
}

func statAll(paths []string) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() // want `a file per iteration`
		if _, err = f.Stat(); os.IsNotExist(err) {
			return err
		}
	}
	return nil
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
