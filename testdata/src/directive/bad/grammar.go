// Package bad holds comments that don't do what their author thinks.
package bad

import "os"

type cache struct {
	entries map[string]int
	size    int
}

func (c *cache) get(key string) int { // want +1 `comment silences mapguard without a reason, so it has no effect: say why behind the name`
	return c.entries[key] //goconclint:ignore mapguard
}

func (c *cache) put(key string, n int) {
	// want +1 `comment silences mapguard, deferloop without a reason`
	//goconclint:ignore mapguard,deferloop
	c.entries[key] = n
	c.size++
}

func (c *cache) drop(key string) {
	// want +1 `comment silences mapguard, goconclint without a reason`
	delete(c.entries, key) //nolint:mapguard,goconclint
	c.size--
}

func (c *cache) clear() {
	// want +1 `comment silences mapguard without a reason`
	//lint:ignore goconclint/mapguard
	clear(c.entries)
}

// want +2 `comment silences goconclint without a reason`

//nolint:goconclint
var shared = cache{entries: map[string]int{}}

func names(paths []string) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		// want +1 `comment names deferlop, which is no check of goconclint \(did you mean deferloop\?\)`
		defer f.Close() //goconclint:ignore deferlop the process ends here
	}
	// want +1 `comment names map-guard, which is no check of goconclint \(did you mean mapguard\?\)`
	//goconclint:ignore map-guard one goroutine only
	shared.put("names", len(paths))
	// want +1 `comment names errcheck, which is no check of goconclint$`
	//goconclint:ignore errcheck it can't fail
	shared.put("files", 0)
	// want +1 `comment names Mapguard, which is no check of goconclint \(did you mean mapguard\?\)`
	//lint:ignore goconclint/Mapguard one goroutine only
	shared.put("x", 0)
	return nil
}

func nothingNamed() {
	// want +1 `comment names no check: write //goconclint:ignore NAME reason`
	//goconclint:ignore
	shared.put("a", 1)
	// want +1 `comment names no check`
	shared.put("b", 1) //goconclint:ignore ,
	// want +1 `comment names no check`
	//goconclint:file-ignore
}

func verbs() {
	// want +1 `//goconclint:disable is no directive \(there are ignore, file-ignore and hot\)`
	//goconclint:disable mapguard for now
	shared.put("a", 1)
	// want +1 `//goconclint:Ignore is no directive`
	shared.put("b", 1) //goconclint:Ignore mapguard one goroutine
	// want +1 `//goconclint: is no directive`
	shared.put("c", 1) //goconclint: mapguard one goroutine
	// want +1 `comment has a space before goconclint:ignore, so it has no effect`
	shared.put("d", 1) // goconclint:ignore mapguard one goroutine
}
