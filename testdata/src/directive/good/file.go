//goconclint:file-ignore mapguard this file is built by one goroutine
//lint:file-ignore goconclint/deferargs the early value is meant everywhere here

package good

var counts = map[string]int{}
