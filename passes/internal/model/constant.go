package model

import "go/types"

// builtOnce lists functions that build something costly, and always the same
// from the same arguments, which is safe to share.
var builtOnce = map[string]string{
	"regexp.Compile":          "pattern",
	"regexp.CompilePOSIX":     "pattern",
	"regexp.MustCompile":      "pattern",
	"regexp.MustCompilePOSIX": "pattern",
	"strings.NewReplacer":     "replacer",
	"time.LoadLocation":       "location",
}

// BuiltOnce returns what a call of fn with constant arguments builds that may
// as well be built once for all, or "".
func BuiltOnce(fn *types.Func) string { return builtOnce[Key(fn)] }

// Reads reports whether fn fills a buffer that it is given, and doesn't keep
// it; the index is that of the buffer among the arguments.
func Reads(fn *types.Func) (index int, ok bool) {
	switch Key(fn) {
	case "io.ReadFull", "io.ReadAtLeast":
		return 1, true
	}
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Params().Len() == 0 || !readingNames[fn.Name()] {
		return 0, false
	}
	slice, ok := sig.Params().At(0).Type().Underlying().(*types.Slice)
	return 0, ok && types.Identical(slice.Elem(), types.Typ[types.Byte])
}

// readingNames are those of methods that read into their first argument: of
// io.Reader and io.ReaderAt, and of package net's connections.
var readingNames = map[string]bool{
	"Read": true, "ReadAt": true, "ReadFrom": true, "ReadFromUDP": true, "ReadFromUDPAddrPort": true,
	"ReadFromIP": true, "ReadFromUnix": true, "ReadMsgUDP": true, "ReadMsgUDPAddrPort": true, "ReadMsgIP": true, "ReadMsgUnix": true,
}

// Lends reports whether fn returns a slice of its receiver's own buffer, which
// stays as it is until the next call only (package bufio's documentation).
func Lends(fn *types.Func) bool {
	switch Key(fn) {
	case "(bufio.Scanner).Bytes", "(bufio.Reader).ReadSlice", "(bufio.Reader).ReadLine", "(bufio.Reader).Peek":
		return true
	}
	return false
}

// ReadsWhole reports whether fn returns all of a file or stream in one slice.
func ReadsWhole(fn *types.Func) bool {
	switch Key(fn) {
	case "os.ReadFile", "io.ReadAll", "io/ioutil.ReadFile", "io/ioutil.ReadAll", "io/fs.ReadFile":
		return true
	}
	return false
}
