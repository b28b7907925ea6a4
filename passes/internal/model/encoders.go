package model

import "go/types"

// encoders are the functions that read all of a value, by the index of its
// argument, receiver counted. What they read is the exported part (their
// packages' documentation).
var encoders = map[string]int{
	"encoding/json.Marshal":             0,
	"encoding/json.MarshalIndent":       0,
	"(encoding/json.Encoder).Encode":    1,
	"encoding/xml.Marshal":              0,
	"encoding/xml.MarshalIndent":        0,
	"(encoding/xml.Encoder).Encode":     1,
	"(encoding/gob.Encoder).Encode":     1,
	"gopkg.in/yaml.v2.Marshal":          0,
	"gopkg.in/yaml.v3.Marshal":          0,
	"(gopkg.in/yaml.v3.Encoder).Encode": 1,
}

// Encodes returns the index of the argument, receiver counted, that a
// function encodes, or -1.
func Encodes(fn *types.Func) int {
	if i, ok := encoders[Key(fn)]; ok {
		return i
	}
	return -1
}

// marshalers are the methods by which a type encodes itself.
var marshalers = []string{"MarshalJSON", "MarshalText", "MarshalXML", "MarshalYAML", "MarshalBinary", "GobEncode"}

// EncodesItself reports whether values of a type, or pointers to them, have a
// method that encoders call instead of reading them.
func EncodesItself(t types.Type) bool {
	if _, isPointer := t.Underlying().(*types.Pointer); !isPointer {
		t = types.NewPointer(t)
	}
	return hasOneOf(t, marshalers)
}
