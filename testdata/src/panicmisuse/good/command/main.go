// Command command may end when it likes.
package main

import "os"

func main() {
	if _, err := read(os.Args[1]); err != nil {
		panic(err)
	}
}

func read(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return data, nil
}
