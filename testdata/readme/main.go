// Command readme is the code that README shows the command's output on.
package main

import (
	"fmt"

	"github.com/goconclint/goconclint/testdata/readme/pool"
)

func main() {
	fmt.Println(pool.Run())
}
