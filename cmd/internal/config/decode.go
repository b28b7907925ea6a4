package config

import (
	"errors"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Decode reads a part of a configuration that another program has read from
// a file of its own: nil, or maps, lists and single values. Only the named
// keys are known; without a file, mistakes have no place.
func Decode(value any, names ...string) ([]Flag, error) {
	if value == nil {
		return nil, nil
	}
	var document yaml.Node
	if err := document.Encode(value); err != nil {
		return nil, err
	}
	var known []Key
	for _, k := range keys() {
		if slices.Contains(names, k.Name) {
			known = append(known, k)
		}
	}
	r := reader{file: new(File)}
	r.mapping(&document, known, "")
	return r.file.Flags, errors.Join(r.errs...)
}
