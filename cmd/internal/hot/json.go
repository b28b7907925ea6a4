package hot

import (
	"encoding/json"
	"io"
)

// The document that docs/hot.md describes.
type (
	jsonDocument struct {
		Version int       `json:"version"`
		Profile jsonInput `json:"profile"`
		Rows    []jsonRow `json:"rows"`
		Left    int       `json:"left,omitempty"`
		Notes   []string  `json:"notes,omitempty"`
	}
	jsonInput struct {
		Path string `json:"path"`
		Sum  string `json:"sum"`
		Kind string `json:"kind"`
		jsonCost
	}
	jsonCost struct {
		CPU     int64 `json:"cpuNanoseconds,omitempty"`
		Alloc   int64 `json:"allocNanoseconds,omitempty"`
		GC      int64 `json:"gcNanoseconds,omitempty"`
		Objects int64 `json:"objects,omitempty"`
		Bytes   int64 `json:"bytes,omitempty"`
	}
	jsonRow struct {
		Share    float64 `json:"share"`
		File     string  `json:"file"`
		Line     int     `json:"line"`
		Function string  `json:"function,omitempty"`
		jsonCost
		Mistakes []jsonMistake `json:"mistakes,omitempty"`
		Compiler []string      `json:"compiler,omitempty"`
	}
	jsonMistake struct {
		Check   string `json:"check"`
		Message string `json:"message"`
		Fix     string `json:"fix,omitempty"`
		File    string `json:"file,omitempty"`
		Line    int    `json:"line,omitempty"`
	}
)

// jsonVersion changes when a program that reads the document would have to.
const jsonVersion = 1

// JSON writes the report as one document.
func (r *Report) JSON(w io.Writer, path func(string) string) error {
	p := r.Profile
	document := jsonDocument{
		Version: jsonVersion,
		Profile: jsonInput{Path: p.Path, Sum: p.Sum, Kind: string(p.Kind), jsonCost: jsonCost(p.Total)},
		Rows:    []jsonRow{}, Left: r.Left, Notes: r.Notes,
	}
	for _, row := range r.Rows {
		out := jsonRow{
			Share: r.Share(row), File: path(row.File), Line: row.Line, Function: row.Function,
			jsonCost: jsonCost(row.Cost), Compiler: row.Compiler,
		}
		for _, m := range row.Mistakes {
			mistake := jsonMistake{Check: m.Check, Message: m.Message, Fix: m.Fix}
			if m.At != nil {
				mistake.File, mistake.Line = path(m.At.File), m.At.Line
			}
			out.Mistakes = append(out.Mistakes, mistake)
		}
		document.Rows = append(document.Rows, out)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
