// Package ended hands on how functions of package ending end.
package ended

import "fixtures/summarize/ending"

func Load(path string) { // want Load:"^p x$"
	ending.Read(path)
	ending.Check(nil)
}

func Safe(path string) {
	defer ending.Recover()
	ending.Read(path)
}
