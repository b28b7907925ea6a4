package vettool

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"

	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/gcexportdata"
)

// writeTypes does for a dependency what unitchecker would do, when no
// analyzer has facts to add: it writes the types that importers need. They
// don't depend on function bodies, which are most of the work.
func writeTypes(unit *unitchecker.Config) error {
	fset := token.NewFileSet()
	pkg, err := declarations(fset, unit)
	if err != nil {
		return err
	}
	var exported bytes.Buffer
	if err := gcexportdata.Write(&exported, fset, pkg); err != nil {
		return err
	}
	return os.WriteFile(unit.VetxOutput, encodeVetx(exported.Bytes()), 0o666)
}

// declarations type-checks the package without its function bodies.
func declarations(fset *token.FileSet, unit *unitchecker.Config) (*types.Package, error) {
	var files []*ast.File
	for _, name := range unit.GoFiles {
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := types.Config{
		Importer:         &importer{fset, unit, make(map[string]*types.Package)},
		Sizes:            types.SizesFor("gc", build.Default.GOARCH),
		GoVersion:        unit.GoVersion,
		IgnoreFuncBodies: true,
	}
	return config.Check(unit.ImportPath, fset, files, nil)
}

// An importer reads the types that earlier runs of the tool have written.
type importer struct {
	fset   *token.FileSet
	unit   *unitchecker.Config
	loaded map[string]*types.Package
}

// Import returns the package that the import path means in this unit.
func (m *importer) Import(importPath string) (*types.Package, error) {
	path, ok := m.unit.ImportMap[importPath]
	if !ok {
		return nil, fmt.Errorf("can't resolve import %q", importPath)
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg, ok := m.loaded[path]; ok && pkg.Complete() {
		return pkg, nil
	}
	data, err := os.ReadFile(m.unit.PackageVetx[path])
	if err != nil {
		return nil, err
	}
	exported, err := decodeVetx(data)
	if err != nil {
		return nil, fmt.Errorf("vetx file of %q: %w", path, err)
	}
	return gcexportdata.Read(exported, m.fset, m.loaded, path)
}

// The vetx format of unitchecker: "vetx", the lengths of two parts as
// little-endian 32-bit numbers, the types in indexed export format without
// its leading "i", and the facts, which we have none of.
const (
	vetxMagic  = "vetx"
	vetxHeader = len(vetxMagic) + 8
	indexed    = "i"
)

func encodeVetx(exported []byte) []byte {
	exported = bytes.TrimPrefix(exported, []byte(indexed))
	data := append([]byte(vetxMagic), make([]byte, 8)...)
	binary.LittleEndian.PutUint32(data[len(vetxMagic):], uint32(len(exported)))
	return append(data, exported...)
}

func decodeVetx(data []byte) (io.Reader, error) {
	if len(data) < vetxHeader || string(data[:len(vetxMagic)]) != vetxMagic {
		return nil, fmt.Errorf("no %s header", vetxMagic)
	}
	size := binary.LittleEndian.Uint32(data[len(vetxMagic):])
	body := data[vetxHeader:]
	if uint64(size) > uint64(len(body)) {
		return nil, fmt.Errorf("%d bytes of types are missing", uint64(size)-uint64(len(body)))
	}
	return bytes.NewReader(append([]byte(indexed), body[:size]...)), nil
}
