// Package queue runs jobs in goroutines that recover nothing.
package queue

import (
	"errors"
	"fmt"
	"log"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

type Job func() error

type Queue struct {
	jobs    chan Job
	events  chan any
	wg      sync.WaitGroup
	OnError func(error)
}

func (q *Queue) Start(workers int) {
	for range workers {
		go q.work() // want `job.. can panic in this goroutine, which recovers nothing: the whole process ends`
	}
}

func (q *Queue) work() {
	for job := range q.jobs {
		if err := job(); err != nil {
			log.Println(err)
		}
	}
}

func (q *Queue) Publish() {
	go func() { // want `event.\(string\) can panic in this goroutine`
		for event := range q.events {
			fmt.Println(event.(string))
		}
	}()
}

func (q *Queue) Ports(addrs []string, ports chan<- int) {
	q.wg.Go(func() { // want `strings.Split\(addr, ":"\)\[1\] can panic in this goroutine`
		for _, addr := range addrs {
			n, err := strconv.Atoi(strings.Split(addr, ":")[1])
			if err == nil {
				ports <- n
			}
		}
	})
}

func (q *Queue) Filter(patterns <-chan string, lines []string) {
	go func() { // want `regexp.MustCompile\(pattern\) can panic in this goroutine`
		for pattern := range patterns {
			re := regexp.MustCompile(pattern)
			for _, line := range lines {
				fmt.Println(re.MatchString(line))
			}
		}
	}()
}

func (q *Queue) Check(err error) {
	go func() { // want `panic\(err\) can panic in this goroutine`
		if err != nil {
			panic(err)
		}
	}()
}

func (q *Queue) Fail(err error) {
	time.AfterFunc(time.Second, func() { // want `log.Panicln\(err\) can panic in this goroutine`
		log.Panicln(err)
	})
}

// Notify runs a field that users set.
func (q *Queue) Notify() {
	go func() { // want `q.OnError\(errors.New\("late"\)\) can panic in this goroutine`
		q.OnError(errors.New("late"))
	}()
}

// Deep panics three calls below.
func (q *Queue) Deep(v any) {
	go first(v) // want `v.\(fmt.Stringer\) can panic in this goroutine`
}

func first(v any) { second(v) }

func second(v any) { fmt.Println(v.(fmt.Stringer)) }

// Next takes one.
func (q *Queue) Next() {
	go func() { // want `job.. can panic in this goroutine`
		job, ok := <-q.jobs
		if ok {
			_ = job()
		}
	}()
}
