// Package pipes closes on all paths that matter.
package pipes

import (
	"context"
	"errors"
	"log"
	"strconv"
)

// Numbers closes on each path.
func Numbers(texts []string) <-chan int {
	out := make(chan int)
	go func() {
		for _, text := range texts {
			n, err := strconv.Atoi(text)
			if err != nil {
				close(out)
				return
			}
			out <- n
		}
		close(out)
	}()
	return out
}

// Until stops when its receiver is gone.
func Until(ctx context.Context, texts []string) <-chan string {
	out := make(chan string)
	go func() {
		for _, text := range texts {
			select {
			case out <- text:
			case <-ctx.Done():
				return
			}
		}
		close(out)
	}()
	return out
}

// Exits ends the process, not the goroutine alone.
func Exits(texts []string) (sum int) {
	out := make(chan int)
	go func() {
		for _, text := range texts {
			n, err := strconv.Atoi(text)
			if err != nil {
				log.Fatal(err)
			}
			if n < 0 {
				panic("negative")
			}
			out <- n
		}
		close(out)
	}()
	for n := range out {
		sum += n
	}
	return sum
}

// Before returns before anybody waits.
func Before(texts []string) error {
	if len(texts) == 0 {
		return errors.New("nothing to do")
	}
	jobs := make(chan string)
	done := make(chan bool)
	for _, text := range texts {
		if text == "" {
			return errors.New("empty text")
		}
	}
	go func() {
		for job := range jobs {
			log.Print(job)
		}
		done <- true
	}()
	for _, text := range texts {
		jobs <- text
	}
	close(jobs)
	<-done
	return nil
}

// Gives watches for errors beside its results.
func Gives(texts []string) error {
	out, failed := make(chan int), make(chan error, 1)
	go func() {
		for _, text := range texts {
			n, err := strconv.Atoi(text)
			if err != nil {
				failed <- err
				return
			}
			out <- n
		}
		close(out)
	}()
	for {
		select {
		case n, ok := <-out:
			if !ok {
				return nil
			}
			log.Print(n)
		case err := <-failed:
			return err
		}
	}
}

// Filled is closed before anybody ranges.
func Filled(texts []string) (n int, err error) {
	jobs := make(chan string, len(texts))
	for _, text := range texts {
		if text == "" {
			return 0, errors.New("empty text")
		}
		jobs <- text
	}
	close(jobs)
	for range jobs {
		n++
	}
	return n, nil
}
