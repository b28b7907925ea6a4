package model

import "slices"

// A Contract is what the documentation of a type says about goroutines that
// use one value of it: they must not do so at the same time, but for the
// methods named.
type Contract struct {
	reads []string // change nothing: may meet each other
	safe  []string // may meet everything
	apart []string // belong to a second user: they meet only each other
	drawn bool     // a source that everybody draws from in passing, such as random numbers and hashes
}

// contracts holds the types that are documented as not safe for concurrent
// use, or that say so by their nature: a position or buffer that each call
// moves. encoding/gob's Encoder and Decoder are missing since they lock.
var contracts = map[string]Contract{
	"math/rand.Rand":                            {drawn: true},
	"math/rand.Source":                          {drawn: true},
	"math/rand.Source64":                        {drawn: true},
	"math/rand.Zipf":                            {drawn: true},
	"math/rand/v2.Rand":                         {drawn: true},
	"math/rand/v2.PCG":                          {drawn: true},
	"math/rand/v2.ChaCha8":                      {drawn: true},
	"golang.org/x/exp/rand.Rand":                {drawn: true},
	"hash.Hash":                                 {drawn: true, reads: []string{"Size", "BlockSize", "Sum"}},
	"hash.Hash32":                               {drawn: true, reads: []string{"Size", "BlockSize", "Sum", "Sum32"}},
	"hash.Hash64":                               {drawn: true, reads: []string{"Size", "BlockSize", "Sum", "Sum64"}},
	"hash/maphash.Hash":                         {drawn: true, reads: []string{"Size", "BlockSize", "Seed"}},
	"github.com/cespare/xxhash.Digest":          {drawn: true, reads: []string{"Sum", "Sum64", "Size", "BlockSize"}},
	"github.com/cespare/xxhash/v2.Digest":       {drawn: true, reads: []string{"Sum", "Sum64", "Size", "BlockSize"}},
	"golang.org/x/text/cases.Caser":             {drawn: true},
	"github.com/oklog/ulid.MonotonicEntropy":    {drawn: true},
	"github.com/oklog/ulid/v2.MonotonicEntropy": {drawn: true},

	"bytes.Buffer":             {reads: []string{"Len", "Cap", "Available", "Bytes", "String"}},
	"strings.Builder":          {reads: []string{"Len", "Cap", "String"}},
	"bytes.Reader":             {reads: []string{"Len", "Size"}, safe: []string{"ReadAt"}},
	"strings.Reader":           {reads: []string{"Len", "Size"}, safe: []string{"ReadAt"}},
	"bufio.Writer":             {reads: []string{"Buffered", "Available", "Size"}},
	"bufio.Reader":             {reads: []string{"Buffered", "Size"}},
	"bufio.Scanner":            {reads: []string{"Text", "Bytes", "Err"}},
	"text/tabwriter.Writer":    {},
	"text/scanner.Scanner":     {},
	"encoding/json.Encoder":    {},
	"encoding/json.Decoder":    {},
	"encoding/xml.Encoder":     {},
	"encoding/xml.Decoder":     {},
	"encoding/csv.Writer":      {reads: []string{"Error"}},
	"encoding/csv.Reader":      {},
	"compress/gzip.Writer":     {},
	"compress/gzip.Reader":     {},
	"compress/flate.Writer":    {},
	"compress/zlib.Writer":     {},
	"archive/tar.Writer":       {},
	"archive/tar.Reader":       {},
	"archive/zip.Writer":       {},
	"mime/multipart.Writer":    {safe: []string{"Boundary", "FormDataContentType"}}, // what is set before anything is written
	"container/list.List":      {reads: []string{"Len", "Front", "Back"}},
	"net/http.Header":          {reads: []string{"Get", "Values", "Clone", "Write", "WriteSubset"}},
	"net/url.Values":           {reads: []string{"Get", "Has", "Encode"}},
	"net/textproto.MIMEHeader": {reads: []string{"Get", "Values"}},

	// Templates may be executed in parallel, and not changed meanwhile.
	"text/template.Template": {reads: []string{"Execute", "ExecuteTemplate", "Lookup", "Name", "Templates", "DefinedTemplates", "Clone"}},
	"html/template.Template": {safe: []string{"Execute", "ExecuteTemplate", "Lookup", "Name", "Templates", "DefinedTemplates", "Clone"}}, // has a lock of its own

	// Connections support one reader and one writer at a time.
	"github.com/gorilla/websocket.Conn":    websocket,
	"github.com/fasthttp/websocket.Conn":   websocket,
	"github.com/gofiber/websocket/v2.Conn": websocket,

	"github.com/golang/groupcache/lru.Cache":           {},
	"github.com/hashicorp/golang-lru/simplelru.LRU":    {reads: []string{"Len", "Keys", "Peek", "Contains"}},
	"github.com/hashicorp/golang-lru/v2/simplelru.LRU": {reads: []string{"Len", "Keys", "Values", "Peek", "Contains", "Cap"}},
	"github.com/google/btree.BTree":                    {reads: []string{"Len", "Has", "Get", "Min", "Max", "Ascend", "AscendGreaterOrEqual", "AscendLessThan", "AscendRange", "Descend", "DescendLessOrEqual", "DescendGreaterThan", "DescendRange"}},
}

// websocket is the contract of gorilla's Conn and of its copies. Its
// SetReadDeadline is a reader's method by the documentation, and does no more
// than call that of the net.Conn, which is for all goroutines.
var websocket = Contract{
	safe: []string{"Close", "WriteControl", "LocalAddr", "RemoteAddr", "NetConn", "UnderlyingConn", "Subprotocol", "CloseHandler",
		"PingHandler", "PongHandler", "SetCloseHandler", "SetPingHandler", "SetPongHandler", "SetReadDeadline", "Params", "Locals", "Query", "Cookies", "Headers", "IP"},
	apart: []string{"NextReader", "ReadMessage", "ReadJSON", "SetReadLimit"},
}

// ContractOf returns the contract of the type that a key names, and whether
// there is one.
func ContractOf(key string) (Contract, bool) {
	c, ok := contracts[key]
	return c, ok
}

// Reads reports whether the method changes nothing.
func (c Contract) Reads(method string) bool { return slices.Contains(c.reads, method) }

// Safe reports whether the method may be called at any time.
func (c Contract) Safe(method string) bool { return slices.Contains(c.safe, method) }

// Apart reports whether the method is for the second user of a value.
func (c Contract) Apart(method string) bool { return slices.Contains(c.apart, method) }

// Drawn reports whether values of the type are used in passing by code that
// does something else, and not by one owner who knows.
func (c Contract) Drawn() bool { return c.drawn }

// streamFuncs lists functions that move the stream which is the argument of
// the index, receiver not counted.
var streamFuncs = map[string][]int{
	"fmt.Fprint": {0}, "fmt.Fprintf": {0}, "fmt.Fprintln": {0},
	"fmt.Fscan": {0}, "fmt.Fscanf": {0}, "fmt.Fscanln": {0},
	"io.WriteString": {0}, "io.Copy": {0, 1}, "io.CopyN": {0, 1}, "io.CopyBuffer": {0, 1},
	"io.ReadAll": {0}, "io.ReadFull": {0}, "io.ReadAtLeast": {0},
	"encoding/binary.Read": {0}, "encoding/binary.Write": {0},
}

// MovesStream reports whether the function of the key reads from or writes to
// its argument of the index.
func MovesStream(key string, index int) bool {
	return slices.Contains(streamFuncs[key], index)
}
