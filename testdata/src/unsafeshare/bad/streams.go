package bad

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"text/tabwriter"
)

// tee collects the output of a command while it runs.
func tee(stdout, stderr io.Reader) string {
	var out bytes.Buffer
	done := make(chan struct{}, 2)
	go func() {
		io.Copy(&out, stdout) // want `out is used here and at streams.go:\d+ at the same time, and a bytes.Buffer isn't safe`
		done <- struct{}{}
	}()
	go func() {
		io.Copy(&out, stderr)
		done <- struct{}{}
	}()
	<-done
	<-done
	return out.String()
}

// status reads the text while it is being written.
func status(events <-chan string) string {
	var text strings.Builder
	go func() {
		for event := range events {
			text.WriteString(event) // want `text is used here and at streams.go:\d+ at the same time, and a strings.Builder isn't safe`
		}
	}()
	return text.String()
}

// probe writes the answers of all goroutines to one encoder.
func probe(w io.Writer, hosts []string) {
	enc := json.NewEncoder(w)
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Go(func() {
			_, err := net.LookupHost(host)
			enc.Encode(map[string]bool{host: err == nil}) // want `enc is used by all goroutines started at streams.go:\d+, and a json.Encoder isn't safe`
		})
	}
	wg.Wait()
}

// table prints rows from goroutines.
func table(w io.Writer, hosts []string) {
	tw := tabwriter.NewWriter(w, 0, 8, 1, ' ', 0)
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Fprintf(tw, "%s\t%d\n", host, len(host)) // want `tw is used by all goroutines started at streams.go:\d+, and a tabwriter.Writer isn't safe`
		}()
	}
	wg.Wait()
	tw.Flush()
}

// A Client has a goroutine that sends pings beside what its users send.
type Client struct {
	conn net.Conn
	out  *bufio.Writer
	tick <-chan struct{}
}

// Dial starts the goroutine.
func Dial(addr string, tick <-chan struct{}) (*Client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c := &Client{conn: conn, out: bufio.NewWriter(conn), tick: tick}
	go c.ping()
	return c, nil
}

func (c *Client) ping() {
	for range c.tick {
		c.out.WriteString("PING\r\n") // want `c.out is used in this goroutine while Send may use it, and a bufio.Writer isn't safe`
		c.out.Flush()
	}
}

// Send is called by the user.
func (c *Client) Send(line string) error {
	c.out.WriteString(line)
	return c.out.Flush()
}

// A Journal is appended to by handlers.
type Journal struct {
	rows *csv.Writer
	last bytes.Buffer
}

func (j *Journal) append(r *http.Request) {
	j.rows.Write([]string{r.Method, r.URL.Path}) // want `j.rows is used here by concurrent handlers, and a csv.Writer isn't safe`
	j.rows.Flush()
}

// Log is a handler.
func (j *Journal) Log(w http.ResponseWriter, r *http.Request) {
	j.append(r)
	j.last.Reset() // want `j.last is used here by concurrent handlers, and a bytes.Buffer isn't safe`
	fmt.Fprintln(&j.last, r.URL)
	w.Write(j.last.Bytes())
}

// headers sets the headers of one response from several goroutines.
func headers(h http.Header, names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			h.Set(name, "1") // want `h is used by all goroutines started at streams.go:\d+, and a http.Header isn't safe`
		})
	}
	wg.Wait()
}

// A Log writes under its lock, but for Flush.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
	dst io.Writer
}

// Print holds the lock.
func (l *Log) Print(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf.WriteString(line)
}

// Printf holds it too.
func (l *Log) Printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(&l.buf, format, args...)
}

// Flush has forgotten.
func (l *Log) Flush() error {
	_, err := l.buf.WriteTo(l.dst) // want `l.buf is used here without l.mu, which is held at streams.go:\d+: a bytes.Buffer isn't safe`
	return err
}
