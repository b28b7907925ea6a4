package good

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"slices"
	"sync"
)

type datagram struct {
	from net.Addr
	data []byte
	text string
}

// Each round copies what it gives away, or makes a buffer of its own.
func copies(conn net.PacketConn, out chan<- datagram, raw chan<- []byte) error {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return err
		}
		out <- datagram{from: from, data: slices.Clone(buf[:n]), text: string(buf[:n])}
		d := datagram{data: append([]byte(nil), buf[:n]...)}
		out <- d
		raw <- bytes.ToUpper(buf[:n])
		raw <- []byte(string(buf[:n]))
	}
}

func own(r io.Reader, out chan<- []byte) error {
	for {
		buf := make([]byte, 512)
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
	}
}

// takes a new buffer before it reads again.
func next(r io.Reader, out chan<- []byte) error {
	buf := make([]byte, 512)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
		buf = make([]byte, 512)
	}
}

// Two buffers go around.
func swap(r io.Reader, out chan<- []byte, free chan []byte) error {
	buf := <-free
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
		buf = <-free
	}
}

// The other side says when it is done.
func acknowledged(r io.Reader, out chan<- []byte, done <-chan struct{}) error {
	buf := make([]byte, 512)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
		<-done
	}
}

func toAll(r io.Reader, handlers []func([]byte)) error {
	buf := make([]byte, 512)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		var wg sync.WaitGroup
		for _, handle := range handlers {
			wg.Go(func() { handle(buf[:n]) })
		}
		wg.Wait()
	}
}

// The first line is given away, and nothing is read behind it.
func first(r io.Reader, out chan<- []byte) {
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		if line := sc.Bytes(); len(line) > 0 {
			out <- line
			return
		}
	}
}

// Numbers are no memory.
func counts(r io.Reader, sizes chan<- int, bytesRead chan<- byte) error {
	buf := make([]byte, 512)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		sizes <- n
		bytesRead <- buf[0]
		sizes <- len(buf)
	}
}

// Arrays are copied when they are sent.
func blocks(r io.Reader, out chan<- [16]byte) error {
	var block [16]byte
	for {
		if _, err := io.ReadFull(r, block[:]); err != nil {
			return err
		}
		out <- block
	}
}

type slab struct {
	seq  uint64
	body []byte
}

// slabs cuts a part of its own for each record.
func slabs(r io.Reader, size func() (uint64, int, error), out chan<- slab) error {
	memory := make([]byte, 1<<20)
	for {
		seq, n, err := size()
		if err != nil {
			return err
		}
		if len(memory) < n {
			memory = make([]byte, 1<<20)
		}
		body := memory[:n:n]
		memory = memory[n:]
		if _, err := io.ReadFull(r, body); err != nil {
			return err
		}
		out <- slab{seq: seq, body: body}
	}
}
