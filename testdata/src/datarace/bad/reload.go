package bad

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// A zone is the content of a zone file.
type zone struct {
	records map[string]string
	origin  string
}

// Resolver answers from a zone file, which it reads again from time to time.
type Resolver struct {
	file string
	read time.Time
	zone *zone
}

// NewResolver reads the file and keeps it fresh until ctx ends.
func NewResolver(ctx context.Context, file string) (*Resolver, error) {
	r := &Resolver{file: file}
	if err := r.load(); err != nil {
		return nil, err
	}
	go r.refresh(ctx)
	return r, nil
}

func (r *Resolver) refresh(ctx context.Context) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		info, err := os.Stat(r.file)
		if err != nil || info.ModTime().Equal(r.read) {
			continue
		}
		if err := r.load(); err != nil {
			fmt.Fprintln(os.Stderr, "keeping the old zone:", err)
		}
	}
}

func (r *Resolver) load() error {
	f, err := os.Open(r.file)
	if err != nil {
		return err
	}
	defer f.Close()
	fresh := &zone{records: make(map[string]string)}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], ";"):
		case words[0] == "$ORIGIN" && len(words) == 2:
			fresh.origin = words[1]
		case len(words) < 4:
			return fmt.Errorf("%s: short record %q", r.file, lines.Text())
		default:
			fresh.records[words[0]] = words[3]
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	r.zone = fresh // want `r\.zone is written here while`
	return nil
}

// Lookup returns the record of a name.
func (r *Resolver) Lookup(name string) (string, bool) {
	zone := r.zone
	for rest := name; rest != ""; {
		if record, ok := zone.records[rest]; ok {
			return record, true
		}
		_, rest, _ = strings.Cut(rest, ".")
	}
	return "", false
}

// scanOptions are set by flags; a library writes them through their address.
type scanOptions struct {
	parallel int
	deep     bool
}

type summary struct {
	sizes  []int64
	failed int
}

// scan looks at several files at a time.
func scan(files []string) summary {
	var options scanOptions
	flag.IntVar(&options.parallel, "j", 4, "files to look at, at a time")
	flag.BoolVar(&options.deep, "deep", false, "look into archives")
	flag.Parse()
	if options.parallel < 1 {
		options.parallel = 1
	}
	sum := summary{sizes: make([]int64, len(files))}
	slots := make(chan struct{}, options.parallel)
	var group sync.WaitGroup
	for i, file := range files {
		slots <- struct{}{}
		group.Add(1)
		go func() {
			defer group.Done()
			defer func() { <-slots }()
			info, err := os.Stat(file)
			if err != nil {
				sum.failed++ // want `sum\.failed is written here by all goroutines`
				return
			}
			sum.sizes[i] = info.Size()
		}()
	}
	group.Wait()
	return sum
}

var _ = scan
