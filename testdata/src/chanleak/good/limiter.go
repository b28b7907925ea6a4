package good

import (
	"errors"
	"regexp"
)

var errRejected = errors.New("rejected")

type limiter struct {
	pattern  *regexp.Regexp
	inFlight chan struct{}
}

type listener struct {
	limiters []*limiter
	expand   func(query string) ([]string, error)
}

func newListener(patterns map[*regexp.Regexp]int, expand func(string) ([]string, error)) *listener {
	l := &listener{expand: expand}
	for pattern, n := range patterns {
		l.limiters = append(l.limiters, &limiter{pattern, make(chan struct{}, n)})
	}
	return l
}

type expanded struct {
	query string
	names []string
	err   error
}

func (l *listener) glob(query string, results chan<- expanded) {
	for _, limit := range l.limiters {
		if !limit.pattern.MatchString(query) {
			continue
		}
		if cap(limit.inFlight) == 0 {
			results <- expanded{query, nil, errRejected}
			return
		}
		limit.inFlight <- struct{}{}
		defer func() {
			<-limit.inFlight
		}()
		break
	}
	names, err := l.expand(query)
	results <- expanded{query, names, err}
}

func (l *listener) globs(queries []string) []expanded {
	results := make(chan expanded, len(queries))
	for _, query := range queries {
		go l.glob(query, results)
	}
	var all []expanded
	for range queries {
		all = append(all, <-results)
	}
	return all
}

// Expand expands queries.
func Expand(patterns map[*regexp.Regexp]int, expand func(string) ([]string, error), queries []string) int {
	return len(newListener(patterns, expand).globs(queries))
}
