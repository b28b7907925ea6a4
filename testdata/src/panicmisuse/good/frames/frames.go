// Package frames decodes what vehicles send, and guards what it does itself.
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

// split knows the tags.
func split(frame []byte) ([]field, error) {
	var fields []field
	for ; len(frame) > 8; frame = frame[9:] {
		if t := tag(frame[0]); t != tagTime && t != tagSpeed {
			return nil, fmt.Errorf("unexpected tag %d", t)
		}
		fields = append(fields, field{tag(frame[0]), frame[1:9]})
	}
	return fields, nil
}

// Decode has a default for tags that split would let through one day.
func Decode(frame []byte) (at, speed uint64, err error) {
	fields, err := split(frame)
	if err != nil {
		return 0, 0, err
	}
	for _, f := range fields {
		switch f.tag {
		case tagTime:
			at = binary.BigEndian.Uint64(f.val)
		case tagSpeed:
			if speed != 0 {
				return 0, 0, errors.New("two speeds")
			}
			speed = binary.BigEndian.Uint64(f.val)
		default:
			panic(fmt.Sprintf("tag %d", f.tag))
		}
	}
	return at, speed, nil
}

// Encode guards against callers that make tags up.
func Encode(f field, out []byte) ([]byte, error) {
	if len(f.val) != 8 {
		return nil, fmt.Errorf("value has %d bytes", len(f.val))
	}
	switch f.tag {
	case tagTime, tagSpeed:
		return append(append(out, byte(f.tag)), f.val...), nil
	default:
		panic(fmt.Sprintf("tag %d", f.tag))
	}
}

// Kind returns an error for every mistake but an impossible one.
func Kind(frame []byte) (string, error) {
	if len(frame) == 0 {
		return "", errors.New("no frame")
	}
	switch frame[0] & 1 {
	case 0:
		return "even", nil
	case 1:
		return "odd", nil
	default:
		panic("unreachable")
	}
}
