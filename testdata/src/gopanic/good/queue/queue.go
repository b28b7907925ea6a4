// Package queue survives its jobs.
package queue

import (
	"errors"
	"fmt"
	"log"
	"regexp"
	"strings"
	"sync"
)

type Job func() error

type Queue struct {
	jobs   chan Job
	events chan any
	wg     sync.WaitGroup
}

func (q *Queue) Start() {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				log.Println(r)
			}
		}()
		for job := range q.jobs {
			_ = job()
		}
	}()
}

func (q *Queue) recoverAll() {
	if r := recover(); r != nil {
		log.Println(r)
	}
}

func (q *Queue) Named(done func()) {
	q.wg.Go(func() {
		defer q.recoverAll()
		done()
	})
}

// Guarded calls through a function that recovers.
func (q *Queue) Guarded() {
	go func() {
		for job := range q.jobs {
			q.guard(job)
		}
	}()
}

func (q *Queue) guard(job Job) {
	defer q.recoverAll()
	if err := job(); err != nil {
		panic(err)
	}
}

func (q *Queue) Publish() {
	go func() {
		for event := range q.events {
			if text, ok := event.(string); ok {
				fmt.Println(text)
			}
			var number, ok = event.(int)
			switch e := event.(type) {
			case error:
				fmt.Println(e, number, ok)
			}
		}
	}()
}

func (q *Queue) Names(addrs []string) {
	go func() {
		for _, addr := range addrs {
			fmt.Println(strings.Split(addr, ":")[0])
		}
	}()
}

func (q *Queue) Filter(lines []string) {
	go func() {
		re := regexp.MustCompile(`^\d+$`)
		for _, line := range lines {
			fmt.Println(re.MatchString(line))
		}
	}()
}

// Own runs a function of its own.
func (q *Queue) Own(n int) {
	double := func() int { return 2 * n }
	go func() { fmt.Println(double()) }()
}

// Not panics on this goroutine.
func (q *Queue) Not(v any) error {
	go fmt.Println("started")
	if _, ok := v.(error); !ok {
		return errors.New("no error")
	}
	return v.(error)
}

func (q *Queue) Counts() {
	var counts [4]int
	go func() { counts[1]++ }()
}
