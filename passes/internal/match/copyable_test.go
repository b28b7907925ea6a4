package match

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// Types named copy… may be copied, those named stay… may not.
const copyable = `package p

import (
	"bytes"
	"math/big"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type copyInt int
type copyStruct struct {
	a int
	b string
	c []byte
}
type copyTime struct{ at time.Time }
type copyAddr netip.Addr
type copyAddrs [2]netip.Addr
type copyPointers struct {
	mu *sync.Mutex
	b  *strings.Builder
	w  interface{ Write([]byte) }
}
type copySlices struct{ mus []sync.Mutex }
type copyOwn struct{ n int }

func (c *copyOwn) inc() { c.n++ }

type stayMutex struct{ mu sync.Mutex }
type stayEmbedded struct{ sync.RWMutex }
type stayAtomic struct{ n atomic.Int32 }
type stayArray [2]sync.WaitGroup
type stayBuilder struct{ b strings.Builder }
type stayBuffer struct{ inner struct{ b bytes.Buffer } }
type stayNumber struct{ n big.Int }
type stayGeneric struct{ p atomic.Pointer[int] }

type noCopy struct{}

func (*noCopy) Lock() {}

type stayMarked struct {
	_ noCopy
	n int
}

type stayLock struct{ held bool }

func (l *stayLock) Lock() { l.held = true }
`

func TestCopyable(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", copyable, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.Default()}
	pkg, err := config.Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pkg.Scope().Names() {
		may, mayNot := strings.HasPrefix(name, "copy"), strings.HasPrefix(name, "stay")
		if got := Copyable(pkg.Scope().Lookup(name).Type(), pkg); (may || mayNot) && got != may {
			t.Errorf("%s: copyable is %v", name, got)
		}
	}
}
