// Command dump prints files. What its main function holds the end of the
// process gives back; it is of low confidence.
package main

import (
	"flag"
	"io"
	"log"
	"os"
)

func main() {
	flag.Parse()
	for _, name := range flag.Args() {
		f, err := os.Open(name)
		if err != nil {
			log.Panic(err)
		}
		defer f.Close()
		if _, err := io.Copy(os.Stdout, f); err != nil {
			log.Panic(err)
		}
	}
	for _, name := range os.Args[1:] {
		f, err := os.Open(name)
		if err != nil {
			log.Panic(err)
		}
		defer f.Close()
		if _, err := f.Stat(); err != nil {
			log.Panic(err)
		}
	}
}
