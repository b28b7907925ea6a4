// Package frames decodes what vehicles send.
package frames

import (
	"encoding/binary"
	"errors"
	"fmt"
)

type tag uint8

const (
	tagTime tag = iota + 1
	tagSpeed
)

type field struct {
	tag tag
	val []byte
}

type Report struct{ At, Speed uint64 }

func split(frame []byte) ([]field, error) {
	var fields []field
	for len(frame) > 0 {
		if len(frame) < 9 {
			return nil, errors.New("short frame")
		}
		fields = append(fields, field{tag(frame[0]), frame[1:9]})
		frame = frame[9:]
	}
	return fields, nil
}

// Decode refuses one malformed field, and ends the process for another.
func Decode(frame []byte) (*Report, error) {
	fields, err := split(frame)
	if err != nil {
		return nil, err
	}
	r := new(Report)
	for _, f := range fields {
		switch f.tag {
		case tagTime:
			r.At = binary.BigEndian.Uint64(f.val)
		case tagSpeed:
			if r.Speed != 0 {
				return nil, errors.New("two speeds")
			}
			r.Speed = binary.BigEndian.Uint64(f.val)
		default:
			panic(fmt.Sprintf("unexpected tag %d", f.tag)) // want `panic in Decode, which returns error for other malformed input: callers crash on an unknown f.tag`
		}
	}
	return r, nil
}

// Version looks at the first bytes.
func Version(head []byte) (string, error) {
	if len(head) < 4 {
		return "", fmt.Errorf("head has %d bytes", len(head))
	}
	switch binary.LittleEndian.Uint16(head[2:]) {
	case 1:
		return "old", nil
	case 2:
		return "new", nil
	default:
		panic("unsupported version") // want `panic.* in Version, which returns error for other malformed input`
	}
}

// Kind looks at one byte.
func Kind(frame []byte) (kind string, err error) {
	if len(frame) == 0 {
		return "", errors.New("no frame")
	}
	first := frame[0]
	switch tag(first) {
	case tagTime:
		return "time", nil
	case tagSpeed:
		return "speed", nil
	default:
		panic(fmt.Sprint("kind ", first)) // want `callers crash on an unknown tag\(first\)`
	}
}
