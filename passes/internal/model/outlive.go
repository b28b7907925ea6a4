package model

import (
	"go/types"
	"strings"
)

// outliving lists functions whose effect a process leaves behind, so that it
// is missed when they aren't called before the process ends: files that stay,
// text that was never written, a terminal in raw mode. A profile of a run that
// fails is missed by nobody.
var outliving = map[string]bool{
	"os.Remove":                            true,
	"os.RemoveAll":                         true,
	"os.Rename":                            true,
	"(os.Root).Remove":                     true,
	"(os.Root).RemoveAll":                  true,
	"(os.Process).Kill":                    true,
	"(bufio.Writer).Flush":                 true,
	"(bufio.ReadWriter).Flush":             true,
	"(encoding/csv.Writer).Flush":          true,
	"(encoding/xml.Encoder).Close":         true,
	"(text/tabwriter.Writer).Flush":        true,
	"(archive/tar.Writer).Close":           true,
	"(archive/zip.Writer).Close":           true,
	"(compress/bzip2.Writer).Close":        true,
	"(compress/flate.Writer).Close":        true,
	"(compress/gzip.Writer).Close":         true,
	"(compress/lzw.Writer).Close":          true,
	"(compress/zlib.Writer).Close":         true,
	"(mime/multipart.Writer).Close":        true,
	"(mime/quotedprintable.Writer).Close":  true,
	"syscall.Kill":                         true,
	"syscall.Unmount":                      true,
	"golang.org/x/sys/unix.Unmount":        true,
	"golang.org/x/term.Restore":            true,
	"github.com/getsentry/sentry-go.Flush": true,
}

// OutlivesProcess reports whether fn has an effect that outlives the process,
// by the table or, for methods, by its name.
func OutlivesProcess(fn *types.Func) bool {
	if outliving[Key(fn)] {
		return true
	}
	if fn.Signature().Recv() == nil {
		return false
	}
	switch fn.Name() {
	case "Flush", "RemoveAll", "Terminate", "Unmount", "Teardown", "TearDown":
		return true
	}
	return false
}

// Removes reports whether fn removes a file or folder.
func Removes(fn *types.Func) bool {
	switch Key(fn) {
	case "os.Remove", "os.RemoveAll", "(os.Root).Remove", "(os.Root).RemoveAll":
		return true
	}
	return false
}

// MakesTemporary reports whether fn makes a file or folder under a name of its
// own choice.
func MakesTemporary(fn *types.Func) bool {
	switch Key(fn) {
	case "os.MkdirTemp", "os.CreateTemp", "io/ioutil.TempDir", "io/ioutil.TempFile":
		return true
	}
	return false
}

// KeepsBack reports whether fn, a Flush without an error of its own, writes
// what its receiver has kept back so far. Whether that failed a csv.Writer
// tells by Error.
func KeepsBack(fn *types.Func) (keeps, tells bool) {
	switch Key(fn) {
	case "(encoding/csv.Writer).Flush":
		return true, true
	case "(text/tabwriter.Writer).Flush":
		return true, false
	}
	return false, false
}

// EncodesTo reports whether fn returns an encoder, an io.WriteCloser, whose
// Close writes the last of what it was given, a block that isn't full.
func EncodesTo(fn *types.Func) bool {
	switch Key(fn) {
	case "encoding/base64.NewEncoder", "encoding/base32.NewEncoder", "encoding/ascii85.NewEncoder", "encoding/hex.Dumper":
		return true
	}
	return false
}

// flushing lists packages whose writers keep the last of what they are given
// until Close or Flush writes it, and may fail at that.
var flushing = []string{
	"archive/", "bufio", "compress/", "encoding/csv", "encoding/xml", "mime/multipart", "mime/quotedprintable",
	"cloud.google.com/go/storage", "github.com/klauspost/compress/", "github.com/klauspost/pgzip", "github.com/ulikunitz/xz",
	"github.com/pierrec/lz4", "github.com/golang/snappy", "github.com/andybalholm/brotli",
}

// OpensForWriting reports whether fn returns a file that is there to be
// written.
func OpensForWriting(fn *types.Func) bool {
	switch Key(fn) {
	case "os.Create", "os.CreateTemp", "(os.Root).Create":
		return true
	}
	return false
}

// FinishesWriting reports whether fn, a method of a writer, writes what its
// receiver has kept back so far and returns the error of that.
func FinishesWriting(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Params().Len() != 0 || fn.Pkg() == nil || fn.Name() != "Close" && fn.Name() != "Flush" {
		return false
	}
	named := ReceiverNamed(sig.Recv().Type())
	if named == nil || !strings.HasSuffix(named.Obj().Name(), "Writer") && named.Obj().Name() != "Encoder" {
		return false
	}
	for _, prefix := range flushing {
		if strings.HasPrefix(fn.Pkg().Path(), prefix) {
			return sig.Results().Len() == 1
		}
	}
	return false
}
