package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
)

// A record is a mistake that a commit mended.
type record struct {
	ID      string `json:"id"`
	Repo    string `json:"repo"`         // owner/name
	Fix     string `json:"fix"`          // the commit
	Parent  string `json:"parent"`       // the one before it
	Module  string `json:"module_dir"`   // folder of the module in the repository
	Modfile string `json:"modfile"`      // its go.mod, if that has another name
	Package string `json:"package"`      // folder of the package in the repository
	File    string `json:"file"`         // in the repository
	Before  []int  `json:"lines_before"` // where a report is right at the parent
	After   []int  `json:"lines_after"`  // where none should remain; none if the code is gone
	Kind    string `json:"kind"`
	Tier    string `json:"tier"`
}

func readRecords(file string) ([]record, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []record
	err = json.Unmarshal(data, &list)
	return list, err
}

// A selection says which records are scored; what is empty admits all.
type selection struct {
	kinds, ids []string
	tier       string
}

func (s selection) has(r record) bool {
	if s.tier != "" && s.tier != r.Tier || len(s.ids) > 0 && !slices.Contains(s.ids, r.ID) {
		return false
	}
	return len(s.kinds) == 0 || slices.ContainsFunc(s.kinds, func(word string) bool { return strings.Contains(r.Kind, word) })
}
