// Package good holds near misses: everybody who waits is served in the end.
package good

import (
	"context"
	"errors"
	"sync"
	"time"
)

type answer struct {
	text string
	err  error
}

type backend interface {
	ask(question string) (string, error)
}

// There is room for the result.
func askWithContext(ctx context.Context, b backend, question string) (string, error) {
	result := make(chan answer, 1)
	go func() {
		text, err := b.ask(question)
		result <- answer{text, err}
	}()
	select {
	case a := <-result:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// The sender leaves too when the context ends.
func askTogether(ctx context.Context, b backend, question string) (string, error) {
	result := make(chan string)
	go func() {
		text, _ := b.ask(question)
		select {
		case result <- text:
		case <-ctx.Done():
		}
	}()
	select {
	case text := <-result:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Capacity for all who answer.
func fastest(backends []backend, question string) string {
	answers := make(chan string, len(backends))
	for _, b := range backends {
		go func() {
			text, _ := b.ask(question)
			answers <- text
		}()
	}
	return <-answers
}

// All answers are received before the first error counts.
func checkAll(files []string, check func(string) error) (first error) {
	errc := make(chan error)
	for _, file := range files {
		go func() { errc <- check(file) }()
	}
	for range files {
		if err := <-errc; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Drained when the time is over.
func askWithin(b backend, question string, limit time.Duration) string {
	result := make(chan string)
	go func() {
		text, _ := b.ask(question)
		result <- text
	}()
	select {
	case text := <-result:
		return text
	case <-time.After(limit):
		go func() { <-result }()
		return ""
	}
}

func validate(input string) error {
	errc := make(chan error, 1)
	go func() {
		if input == "" {
			errc <- errors.New("empty")
			return
		}
		errc <- nil
	}()
	return <-errc
}

// Wait runs beside the loop that drains.
func squares(jobs []int) []int {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- job * job
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	var all []int
	for r := range results {
		all = append(all, r)
	}
	return all
}

// A send that nobody waits for is dropped.
func tryNotify(events chan string) {
	local := make(chan string)
	go func() {
		select {
		case local <- "x":
		default:
		}
	}()
	events <- "y"
}

// The caller has the channel, and may receive.
func start(work func() int) <-chan int {
	out := make(chan int)
	go func() { out <- work() }()
	return out
}

// So may whoever has the value.
type server struct {
	done chan struct{}
	errs chan error
}

func (s *server) serve(work func() error) {
	go func() {
		s.errs <- work()
		close(s.done)
	}()
}

// The context is the caller's, who will cancel it.
func loop(ctx context.Context, tick <-chan time.Time, do func()) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick:
				do()
			}
		}
	}()
}

// A closed channel receives for ever.
func findFirst(words []string, wanted string) bool {
	stop := make(chan struct{})
	defer close(stop)
	out := make(chan string)
	go func() {
		defer close(out)
		for _, word := range words {
			select {
			case out <- word:
			case <-stop:
				return
			}
		}
	}()
	for word := range out {
		if word == wanted {
			return true
		}
	}
	return false
}

// A nil channel switches a case off.
func merge(a, b <-chan int) []int {
	var all []int
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			all = append(all, v)
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			all = append(all, v)
		}
	}
	return all
}

// The receiver gets exactly as many values as are sent.
func handOver(n int) int {
	values := make(chan int)
	go func() {
		for i := range n {
			values <- i
		}
	}()
	sum := 0
	for range n {
		sum += <-values
	}
	return sum
}

// main waits for ever on purpose.
func block(serve func()) {
	go serve()
	select {}
}

// A goroutine that only wants to be there says so.
func placeholder() {
	<-make(chan struct{})
	panic("unreachable")
}

// Others look at it in a dump of all goroutines.
func populate() {
	for range 3 {
		go placeholder()
	}
}

type node struct {
	name string
	deps []*node
}

// Whoever visits calls back for every node: each has its channel.
func inOrder(roots []*node, each func(roots []*node, do func(*node)), work func(*node)) {
	done := make(map[*node]chan struct{})
	each(roots, func(n *node) { done[n] = make(chan struct{}) })
	each(roots, func(n *node) {
		go func() {
			for _, dep := range n.deps {
				<-done[dep]
			}
			work(n)
			close(done[n])
		}()
	})
	for _, root := range roots {
		<-done[root]
	}
}

// Whoever counts receives does so at least once.
func hammerAll(work func(int)) { hammer(8, work) }

func hammer(n int, work func(int)) {
	done := make(chan bool)
	go func() {
		work(-1)
		done <- true
	}()
	for i := 0; i < n; i++ {
		go func() {
			work(i)
			done <- true
		}()
	}
	for i := 0; i < n+1; i++ {
		<-done
	}
}

func collectAll(n int, work func(int) int) (sum int) {
	results := make(chan int)
	for i := range n {
		go func() { results <- work(i) }()
	}
	for range n {
		sum += <-results
	}
	return
}

// The goroutine has been received from when the loop goes on.
func yields(next func() bool, data []int) {
	done := make(chan bool)
	for i := 0; next(); i++ {
		if i%4 != 0 {
			for j := 0; j < len(data); j++ {
				data[j]++
			}
			go func() { done <- true }()
			<-done
		}
	}
}
