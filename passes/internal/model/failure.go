package model

import (
	"go/types"
	"strings"
)

// A Failure says when a function's error result can be anything but nil.
type Failure int

// The kinds of failure, from unknown to never.
const (
	FailsUnknown     Failure = iota // nothing known
	FailsByInput                    // only because of what the arguments say: a parser, a decoder
	FailsByWorld                    // because of files, network, other processes or services
	FailsByStream                   // only when the writer or reader that it is given does
	FailsByMisuse                   // only when the program calls it wrongly: a length, a level, an order of calls
	FailsByStructure                // only for types or values that the encoding has no form for
	FailsNever                      // the result is there for an interface's sake
)

// failures is what the documentation of the named functions says.
var failures = map[string]Failure{
	// "err is always nil" (bytes, strings, hash, math/rand); rand.Read
	// "never returns an error" since Go 1.24 and ends the process.
	"(bytes.Buffer).Write":             FailsNever,
	"(bytes.Buffer).WriteByte":         FailsNever,
	"(bytes.Buffer).WriteRune":         FailsNever,
	"(bytes.Buffer).WriteString":       FailsNever,
	"(strings.Builder).Write":          FailsNever,
	"(strings.Builder).WriteByte":      FailsNever,
	"(strings.Builder).WriteRune":      FailsNever,
	"(strings.Builder).WriteString":    FailsNever,
	"(hash.Hash).Write":                FailsNever,
	"(hash/maphash.Hash).Write":        FailsNever,
	"(hash/maphash.Hash).WriteByte":    FailsNever,
	"(hash/maphash.Hash).WriteString":  FailsNever,
	"(math/rand.Rand).Read":            FailsNever,
	"math/rand.Read":                   FailsNever,
	"crypto/rand.Read":                 FailsNever,
	"crypto/rand.Int":                  FailsNever,
	"crypto/rand.Prime":                FailsNever,
	"github.com/google/uuid.NewRandom": FailsNever,
	"github.com/google/uuid.NewUUID":   FailsNever,
	"github.com/google/uuid.NewV7":     FailsNever,

	"io.WriteString":        FailsByStream,
	"io.Copy":               FailsByStream,
	"io.CopyN":              FailsByStream,
	"io.ReadAll":            FailsByStream,
	"io.ReadFull":           FailsByStream,
	"io/ioutil.ReadAll":     FailsByStream,
	"fmt.Fprint":            FailsByStream,
	"fmt.Fprintf":           FailsByStream,
	"fmt.Fprintln":          FailsByStream,
	"encoding/binary.Write": FailsByStream,
	"encoding/binary.Read":  FailsByStream,

	// Parsers and decoders.
	"net.ParseCIDR":                           FailsByInput,
	"net.ParseMAC":                            FailsByInput,
	"net.SplitHostPort":                       FailsByInput,
	"net/http.NewRequest":                     FailsByInput,
	"net/http.NewRequestWithContext":          FailsByInput,
	"net/http.ParseTime":                      FailsByInput,
	"crypto/tls.X509KeyPair":                  FailsByInput,
	"strconv.Atoi":                            FailsByInput,
	"strconv.ParseBool":                       FailsByInput,
	"strconv.ParseFloat":                      FailsByInput,
	"strconv.ParseInt":                        FailsByInput,
	"strconv.ParseUint":                       FailsByInput,
	"strconv.Unquote":                         FailsByInput,
	"net/url.Parse":                           FailsByInput,
	"net/url.ParseRequestURI":                 FailsByInput,
	"net/url.ParseQuery":                      FailsByInput,
	"net/url.PathUnescape":                    FailsByInput,
	"net/url.QueryUnescape":                   FailsByInput,
	"net/netip.ParseAddr":                     FailsByInput,
	"net/netip.ParseAddrPort":                 FailsByInput,
	"net/netip.ParsePrefix":                   FailsByInput,
	"time.Parse":                              FailsByInput,
	"time.ParseInLocation":                    FailsByInput,
	"time.ParseDuration":                      FailsByInput,
	"time.LoadLocation":                       FailsByInput,
	"mime.ParseMediaType":                     FailsByInput,
	"net/mail.ParseAddress":                   FailsByInput,
	"regexp.Compile":                          FailsByInput,
	"regexp.Match":                            FailsByInput,
	"regexp.MatchString":                      FailsByInput,
	"regexp.MatchReader":                      FailsByInput,
	"path.Match":                              FailsByInput,
	"path/filepath.Match":                     FailsByInput,
	"path/filepath.Glob":                      FailsByInput,
	"encoding/hex.DecodeString":               FailsByInput,
	"(encoding/base64.Encoding).DecodeString": FailsByInput,
	"(encoding/base32.Encoding).DecodeString": FailsByInput,
	"encoding/json.Unmarshal":                 FailsByInput,
	"encoding/xml.Unmarshal":                  FailsByInput,
	"(encoding/json.Decoder).Decode":          FailsByInput,
	"(encoding/xml.Decoder).Decode":           FailsByInput,
	"(encoding/gob.Decoder).Decode":           FailsByInput,
	"crypto/x509.ParseCertificate":            FailsByInput,
	"crypto/x509.ParsePKCS8PrivateKey":        FailsByInput,
	"compress/gzip.NewReader":                 FailsByInput,
	"gopkg.in/yaml.v2.Unmarshal":              FailsByInput,
	"gopkg.in/yaml.v3.Unmarshal":              FailsByInput,
	"github.com/google/uuid.Parse":            FailsByInput,
	"(io/fs.DirEntry).Info":                   FailsByWorld,
	"(bufio.Scanner).Err":                     FailsByWorld,
	"net/http/cookiejar.New":                  FailsNever,

	// Lengths, levels, modes, types, and the order of calls.
	"k8s.io/apimachinery/pkg/api/meta.Accessor":             FailsByMisuse, // for types that are no API objects
	"k8s.io/apimachinery/pkg/api/meta.CommonAccessor":       FailsByMisuse,
	"k8s.io/apimachinery/pkg/api/meta.TypeAccessor":         FailsByMisuse,
	"k8s.io/apimachinery/pkg/api/meta.ListAccessor":         FailsByMisuse,
	"(bufio.Reader).UnreadByte":                             FailsByMisuse,
	"(bufio.Reader).UnreadRune":                             FailsByMisuse,
	"(bytes.Buffer).UnreadByte":                             FailsByMisuse,
	"(bytes.Buffer).UnreadRune":                             FailsByMisuse,
	"(bytes.Reader).UnreadByte":                             FailsByMisuse,
	"(bytes.Reader).UnreadRune":                             FailsByMisuse,
	"(bytes.Reader).Seek":                                   FailsByMisuse,
	"(strings.Reader).UnreadByte":                           FailsByMisuse,
	"(strings.Reader).UnreadRune":                           FailsByMisuse,
	"(strings.Reader).Seek":                                 FailsByMisuse,
	"crypto/aes.NewCipher":                                  FailsByMisuse,
	"crypto/cipher.NewGCM":                                  FailsByMisuse,
	"crypto/des.NewCipher":                                  FailsByMisuse,
	"crypto/rc4.NewCipher":                                  FailsByMisuse,
	"crypto/hkdf.Key":                                       FailsByMisuse,
	"crypto/hkdf.Expand":                                    FailsByMisuse,
	"compress/flate.NewWriter":                              FailsByMisuse,
	"compress/gzip.NewWriterLevel":                          FailsByMisuse,
	"compress/zlib.NewWriterLevel":                          FailsByMisuse,
	"golang.org/x/crypto/chacha20poly1305.New":              FailsByMisuse,
	"golang.org/x/crypto/chacha20poly1305.NewX":             FailsByMisuse,
	"golang.org/x/crypto/chacha20.NewUnauthenticatedCipher": FailsByMisuse,
	"golang.org/x/crypto/blake2b.New256":                    FailsByMisuse,
	"golang.org/x/crypto/blake2b.New512":                    FailsByMisuse,
	"golang.org/x/crypto/blake2b.New":                       FailsByMisuse,
	"golang.org/x/crypto/blake2s.New256":                    FailsByMisuse,

	"encoding/json.Marshal":            FailsByStructure,
	"encoding/json.MarshalIndent":      FailsByStructure,
	"(encoding/json.Encoder).Encode":   FailsByStructure,
	"go/format.Node":                   FailsByStructure,
	"go/printer.Fprint":                FailsByStructure,
	"(go/printer.Config).Fprint":       FailsByStructure,
	"encoding/xml.Marshal":             FailsByStructure,
	"encoding/asn1.Marshal":            FailsByStructure,
	"crypto/x509.MarshalPKIXPublicKey": FailsByStructure,
}

// worldly lists packages whose functions that return errors do so because
// of the world outside, unless the table says otherwise.
var worldly = map[string]bool{
	"os": true, "os/exec": true, "os/user": true, "io/ioutil": true, "net": true, "net/http": true,
	"syscall": true, "database/sql": true, "net/rpc": true, "net/smtp": true, "crypto/tls": true, "plugin": true,
}

// FailureOf returns what is known about the error that fn returns.
func FailureOf(fn *types.Func) Failure {
	key := Key(fn)
	if known, ok := failures[key]; ok {
		return known
	}
	if fn == nil || fn.Pkg() == nil {
		return FailsUnknown
	}
	if worldly[strings.TrimPrefix(fn.Pkg().Path(), "vendor/")] {
		return FailsByWorld
	}
	return FailsUnknown
}

// byPattern lists functions that fail only because of their first argument,
// a pattern, whatever they match with it.
var byPattern = map[string]bool{
	"regexp.Match": true, "regexp.MatchString": true, "regexp.MatchReader": true,
	"path.Match": true, "path/filepath.Match": true,
}

// FailsByPattern reports whether only the first argument of fn decides
// whether it fails.
func FailsByPattern(fn *types.Func) bool { return byPattern[Key(fn)] }

// streamsInMemory lists readers and writers that lie in memory.
var streamsInMemory = map[string]bool{
	"bytes.Buffer": true, "bytes.Reader": true, "strings.Builder": true, "strings.Reader": true, "hash.Hash": true,
	"hash.Hash32": true, "hash.Hash64": true, "hash/maphash.Hash": true,
}

// InMemory reports whether reads from and writes to a value of this type
// can't fail for reasons outside of the program.
func InMemory(t types.Type) bool { return streamsInMemory[TypeKey(t)] }

// Random reports whether the type is a source of random bytes: programs
// can't do without, and end when it fails.
func Random(t types.Type) bool {
	named := ReceiverNamed(t)
	return named != nil && strings.Contains(strings.ToLower(named.Obj().Name()), "rand")
}

// RandomReader reports whether the variable is crypto/rand.Reader.
func RandomReader(v *types.Var) bool {
	return v.Pkg() != nil && v.Pkg().Path() == "crypto/rand" && v.Name() == "Reader"
}

// ReadsTag reports whether fn gives a part of a struct field's tag.
func ReadsTag(fn *types.Func) bool {
	return Key(fn) == "(reflect.StructTag).Get" || Key(fn) == "(reflect.StructTag).Lookup"
}
