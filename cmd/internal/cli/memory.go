package cli

import (
	"errors"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// A size is a flag for a number of bytes, such as 512M or 2GB.
type size uint64

func (s *size) String() string { return strconv.FormatUint(uint64(*s), 10) }

// Set reads a number with an optional unit, a power of 1024.
func (s *size) Set(text string) error {
	digits := strings.TrimRight(strings.ToUpper(text), "KMGTIB")
	shift, known := units[strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(text[len(digits):]), "B"), "I")]
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || !known || n > math.MaxInt64>>shift {
		return errors.New("want bytes, as 512M or 2G")
	}
	*s = size(n << shift)
	return nil
}

var units = map[string]int{"": 0, "K": 10, "M": 20, "G": 30, "T": 40}

// limitMemory makes the collector keep the process below the limit as far as
// it can, and returns it for the driver. Without a flag it is what the
// variable GOMEMLIMIT says, else half of the memory there is, 0 if unknown.
func (o *options) limitMemory() uint64 {
	limit := uint64(o.memory)
	switch {
	case limit > 0:
	case os.Getenv("GOMEMLIMIT") != "":
		if limit = uint64(debug.SetMemoryLimit(-1)); limit == math.MaxInt64 {
			limit = 0 // "off"
		}
		return limit
	default:
		limit = machineMemory() / 2
	}
	if limit > 0 {
		debug.SetMemoryLimit(int64(min(limit, math.MaxInt64)))
	}
	return limit
}

// machineMemory returns how much memory this process can have at most: that
// of the machine, or of the container that it is in. It knows Linux only and
// returns 0 elsewhere.
func machineMemory() uint64 {
	total := uint64(0)
	if data, err := os.ReadFile("/proc/meminfo"); err == nil {
		fields := strings.Fields(string(data)) // MemTotal: 65841512 kB
		if len(fields) > 2 && fields[0] == "MemTotal:" {
			kilobytes, _ := strconv.ParseUint(fields[1], 10, 64)
			total = kilobytes << 10
		}
	}
	for _, name := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		limit, err := strconv.ParseUint(strings.TrimSpace(string(data)), 10, 64) // or "max"
		if err == nil && (total == 0 || limit < total) {
			total = limit
		}
	}
	return total
}
