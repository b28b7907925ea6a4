package bad

import (
	"bufio"
	"context"
	"io"
	"net"
)

type datagram struct {
	from net.Addr
	data []byte
}

// receive gives its workers packets that all lie in one buffer.
func receive(conn net.PacketConn, workers chan<- datagram) error {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return err
		}
		d := datagram{from: from, data: buf[:n]}
		if n == 0 {
			continue
		}
		workers <- d // want `d is sent here, and line 19 writes the next data into buf while it is still in use`
	}
}

// A tunnel has its buffer for itself, but not what it sends.
type tunnel struct {
	conn io.Reader
	buf  [4096]byte
	out  chan []byte
}

func (t *tunnel) pump(ctx context.Context) error {
	for {
		n, err := t.conn.Read(t.buf[4:])
		if err != nil {
			return err
		}
		select {
		case t.out <- t.buf[4 : 4+n]: // want `t.buf\[4 : 4\+n\] is sent here, and line 40 writes the next data into t.buf while it is still in use`
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func lines(r io.Reader, found chan<- []byte) error {
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		line := sc.Bytes()
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		found <- line // want `line is sent here, and sc.Bytes\(\) returns the same memory in the next round while it is still in use`
	}
	return sc.Err()
}

func frames(r io.Reader, handle func(frame []byte)) error {
	frame := make([]byte, 512)
	for {
		if _, err := io.ReadFull(r, frame); err != nil {
			return err
		}
		go handle(frame) // want `frame is given to a goroutine here, and line 67 writes the next data into frame`
	}
}

func keyed(r *bufio.Reader, out chan<- *datagram) error {
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		d := new(datagram)
		d.data = line[1:]
		out <- d // want `d is sent here, and r.ReadSlice\('\\n'\) returns the same memory in the next round`
	}
}

type record struct {
	seq  uint64
	body []byte
}

// copies reads each record into a part of one block of memory.
func copies(ctx context.Context, r io.Reader, size func() (uint64, int, error), followers []chan record) error {
	scratch := make([]byte, 1<<16)
	for {
		seq, n, err := size()
		if err != nil {
			return err
		}
		body := scratch[:n]
		if _, err := io.ReadFull(r, body); err != nil {
			return err
		}
		for _, f := range followers {
			select {
			case f <- record{seq: seq, body: body}: // want `body is sent here, and line \d+ writes the next data into scratch while it is still in use`
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}
