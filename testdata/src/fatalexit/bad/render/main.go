// Command render leaves things behind.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	if len(os.Args) > 1 {
		defer out.Flush()
	}
	fmt.Fprintln(out, "rendering")
	if err := render(os.Args[1:]); err != nil {
		log.Fatal(err) // want `log.Fatal ends the process: Flush, deferred at line 17, is not called`
	}
}

func render(names []string) error {
	dir, err := os.MkdirTemp("", "render")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, name := range names {
		if err := page(filepath.Join(dir, name)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1) // want `os.Exit ends the process: os.RemoveAll.* is not called`
		}
	}
	return nil
}

func check(err error) {
	if err != nil {
		log.Fatalf("render: %v", err)
	}
}

func page(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer func() {
		_ = w.Flush()
	}()
	_, err = fmt.Fprintln(w, name)
	check(err) // want `check ends the process: Flush.* is not called`
	return nil
}

func zipped(name string, pages []string) {
	f, err := os.Create(name)
	check(err)
	zw := gzip.NewWriter(f)
	defer zw.Close()
	for _, p := range pages {
		if _, err := zw.Write([]byte(p)); err != nil {
			log.Panicln("panics run what is deferred")
		}
		if p == "" {
			log.Fatalln("empty page") // want `log.Fatalln ends the process: Close.* is not called`
		}
	}
}

func lock(path string) (unlock func(), err error) {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return nil, err
	}
	return func() { os.Remove(path) }, nil
}

func watch(path string, changes <-chan string) {
	unlock, err := lock(path)
	if err != nil {
		log.Fatal(err)
	}
	defer unlock()
	for c := range changes {
		if err := page(c); err != nil {
			log.Fatalf("watch: %v", err) // want `log.Fatalf ends the process: os.Remove.* is not called`
		}
	}
}

func preview(cmd *exec.Cmd, ready func() error) {
	check(cmd.Start())
	defer stop(cmd)
	if err := ready(); err != nil {
		log.Fatal(err) // want `log.Fatal ends the process: Kill.* is not called`
	}
}

func stop(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = cmd.Process.Kill()
	}
}
