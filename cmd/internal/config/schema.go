package config

import (
	"encoding/json"
	"io"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// A schema is a part of a JSON Schema.
type schema map[string]any

var (
	text       = schema{"type": "string"}
	boolean    = schema{"type": "boolean"}
	number     = schema{"type": "integer", "minimum": 0}
	value      = schema{"type": []string{"string", "boolean", "number"}}
	list       = schema{"oneOf": []schema{text, {"type": "array", "items": text}}}
	severities = schema{"type": "object", "additionalProperties": words(finding.Severities()...)}
	settings   = schema{"type": "object", "additionalProperties": schema{
		"type": "object", "additionalProperties": schema{"oneOf": []schema{value, {"type": "array", "items": value}}},
	}}
	paths = schema{"type": "array", "items": object(pathKeys(nil), "path")}
)

func words(list ...string) schema { return schema{"enum": list} }

// object is the schema of an object with these keys and no others.
func object(keys []Key, required ...string) schema {
	properties := make(map[string]schema)
	for _, k := range keys {
		properties[k.Name] = schema{"description": k.Doc}
		for name, part := range k.schema {
			properties[k.Name][name] = part
		}
	}
	s := schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// WriteSchema writes the JSON Schema of the file, for editors.
func WriteSchema(w io.Writer) error {
	s := object(keys())
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["title"] = Name
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(s)
}
