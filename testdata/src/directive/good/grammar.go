// Package good holds comments that are right, and those that aren't ours.
//
// In prose, the words goconclint:ignore and //goconclint:hot mean nothing:
//
//	//goconclint:ignore mapguard
//
// and neither does an example of a mark in a comment's code block:
//
//	//goconclint:hot
//	func f() {}
package good

import "os"

type cache struct{ entries map[string]int }

func (c *cache) get(key string) int {
	return c.entries[key] //goconclint:ignore mapguard filled before the server starts
}

//goconclint:ignore mapguard the cache belongs to one goroutine
func (c *cache) put(key string, n int) { c.entries[key] = n }

func (c *cache) several(key string) {
	//goconclint:ignore mapguard,deferargs both see a copy
	c.entries[key]++
	//goconclint:ignore mapguard, deferargs both see a copy
	c.entries[key]++
	c.entries[key]++ //nolint:mapguard,errcheck // one goroutine
	c.entries[key]++ //nolint:errcheck, mapguard // one goroutine
	//lint:ignore goconclint/mapguard,SA4006 one goroutine
	c.entries[key]++
	c.entries[key]++ //goconclint:ignore mapguard // one goroutine
}

// Every check at once, as golangci-lint knows us under one name.
func (c *cache) everyone(key string) {
	c.entries[key]++ //nolint:goconclint // a toy
	//goconclint:ignore goconclint a toy
	c.entries[key]++
}

// Comments of other linters are theirs to judge.
func others(paths []string) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return
		}
		defer f.Close() //nolint
		defer f.Sync()  //nolint:errcheck
		defer f.Name()  //nolint:errcheck,gosec
	}
	//lint:ignore SA4006 the value is for the debugger
	n := len(paths)
	//lint:ignore U1000
	n++
	//lint:file-ignore U1000
	_ = n
	//nolint:all
	_ = n
	//nolintlint:mapguard
	//nolint:deferloop
	_ = n
	//goconclintx:ignore mapguard
	_ = n
	/* goconclint:ignore mapguard */
	/*goconclint:hot*/
	_ = n //go:noinline
}
