package bad

import (
	"net"
	"sync"
)

// archive uploads in the background; Close waits for what is under way.
type archive struct {
	limit   chan struct{}
	uploads sync.WaitGroup
	put     func(name string, data []byte) error
	mu      sync.Mutex
	failed  []error
}

func newArchive(n int, put func(string, []byte) error) *archive {
	return &archive{limit: make(chan struct{}, n), put: put}
}

func (a *archive) Put(name string, data []byte) {
	go a.upload(name, data)
}

func (a *archive) upload(name string, data []byte) {
	a.limit <- struct{}{}
	a.uploads.Add(1) // want `a.uploads.Add runs in the goroutine started at late.go:22: a.uploads.Wait at late.go:\d+ may come before it`
	defer func() {
		<-a.limit
		a.uploads.Done()
	}()
	if err := a.put(name, data); err != nil {
		a.mu.Lock()
		a.failed = append(a.failed, err)
		a.mu.Unlock()
	}
}

func (a *archive) Close() []error {
	a.uploads.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.failed
}

// relay serves until its listener is closed, by a select that watches quit.
type relay struct {
	listener net.Listener
	quit     chan struct{}
	open     sync.WaitGroup
}

func (r *relay) serve() error {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			select {
			case <-r.quit:
				return nil
			default:
				return err
			}
		}
		go r.handle(conn)
	}
}

func (r *relay) handle(conn net.Conn) {
	defer conn.Close()
	r.open.Add(1) // want `r.open.Add runs in the goroutine started at late.go:\d+`
	defer r.open.Done()
	buf := make([]byte, 512)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		conn.Write(buf[:n])
	}
}

func (r *relay) Close() {
	close(r.quit)
	r.listener.Close()
	r.open.Wait()
}
