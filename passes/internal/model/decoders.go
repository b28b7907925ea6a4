package model

import "go/types"

// decoders are the functions that set what pointers point to, by the index of
// the first such argument, receiver counted; all behind it are pointers, too.
// Of structs they set the exported fields (their packages' documentation).
var decoders = map[string]int{
	"encoding/json.Unmarshal":           1,
	"(encoding/json.Decoder).Decode":    1,
	"encoding/xml.Unmarshal":            1,
	"(encoding/xml.Decoder).Decode":     1,
	"(encoding/gob.Decoder).Decode":     1,
	"gopkg.in/yaml.v2.Unmarshal":        1,
	"gopkg.in/yaml.v3.Unmarshal":        1,
	"(gopkg.in/yaml.v3.Decoder).Decode": 1,
	"encoding/binary.Read":              2,
	"(database/sql.Row).Scan":           1,
	"(database/sql.Rows).Scan":          1,
	"fmt.Scan":                          0,
	"fmt.Scanf":                         1,
	"fmt.Scanln":                        0,
	"fmt.Sscan":                         1,
	"fmt.Sscanf":                        2,
	"fmt.Sscanln":                       1,
	"fmt.Fscan":                         1,
	"fmt.Fscanf":                        2,
	"fmt.Fscanln":                       1,
}

// Decodes returns the index of the first argument, receiver counted, through
// which a function sets what its caller has, or -1.
func Decodes(fn *types.Func) int {
	if i, ok := decoders[Key(fn)]; ok {
		return i
	}
	return -1
}

// decoding are the methods by which a type sets itself.
var decoding = []string{"UnmarshalJSON", "UnmarshalText", "UnmarshalXML", "UnmarshalYAML", "UnmarshalBinary", "GobDecode", "Scan"}

// DecodesItself reports whether pointers to a type have a method that decoders
// call instead of setting it.
func DecodesItself(t types.Type) bool { return hasOneOf(types.NewPointer(t), decoding) }

func hasOneOf(t types.Type, names []string) bool {
	methods := types.NewMethodSet(t)
	for _, name := range names {
		if methods.Lookup(nil, name) != nil {
			return true
		}
	}
	return false
}
