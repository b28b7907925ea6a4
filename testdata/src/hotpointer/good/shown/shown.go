// Package shown holds small values whose pointers somebody else may rely on.
package shown

import (
	"encoding/json"
	"fmt"
	"io"
	"sync/atomic"
)

// A Point is part of the API, and so are pointers to it.
type Point struct{ X, Y int }

// A Path is, too.
type Path struct{ Points []*Point }

//goconclint:hot
func (p *Path) Add(x, y int) { p.Points = append(p.Points, &Point{x, y}) }

// Origin is for others to change.
//
//goconclint:hot
//go:noinline
func Origin() *Point { return &Point{} }

// A shape reaches others through its interface: the pointer has its methods.
type shape interface{ area() int }

type square struct{ side int }

func (s *square) area() int { return s.side * s.side }

type drawing struct {
	squares []*square
	shapes  []shape
}

//goconclint:hot
func (d *drawing) add(side int) {
	d.squares = append(d.squares, &square{side})
}

func (d *drawing) all() []shape {
	for _, s := range d.squares {
		d.shapes = append(d.shapes, s)
	}
	return d.shapes
}

// A row is decoded and encoded by its fields.
type row struct{ ID, Value int }

type sheet struct{ Rows []*row }

//goconclint:hot
func (s *sheet) add(id int) { s.Rows = append(s.Rows, &row{ID: id}) }

func (s *sheet) write(w io.Writer) error { return json.NewEncoder(w).Encode(s) }

// A cell is filled by reflection.
type cell struct{ A, B int }

//goconclint:hot
func parse(lines [][]byte) (sum int) {
	var cells []*cell
	for _, line := range lines {
		c := new(cell)
		if json.Unmarshal(line, c) == nil {
			cells = append(cells, c)
		}
	}
	for _, c := range cells {
		sum += c.A
	}
	return sum
}

// A frame is printed as a pointer.
type frame struct{ pc, line int }

//goconclint:hot
func trace(n int) {
	var frames []*frame
	for i := range n {
		frames = append(frames, &frame{pc: i})
	}
	fmt.Println(frames)
}

// A version is swapped atomically.
type version struct{ major, minor int }

var current atomic.Pointer[version]

//goconclint:hot
func upgrade(major int) { current.Store(&version{major: major}) }

// A base is embedded by pointer.
type base struct{ id, kind int }

func (b *base) name() int { return b.id }

type derived struct{ *base }

//goconclint:hot
func derive(ids []int) (sum int) {
	var all []derived
	for _, id := range ids {
		all = append(all, derived{base: &base{id: id}})
	}
	for _, d := range all {
		sum += d.name()
	}
	return sum
}

// A pair is kept by a generic container.
type pair struct{ a, b int }

type set[T comparable] struct{ members map[T]bool }

func (s *set[T]) add(t T) { s.members[t] = true }

//goconclint:hot
func collect(s *set[*pair], n int) {
	for i := range n {
		s.add(&pair{a: i})
	}
}

// A box of an unknown type has an unknown size.
type box[T any] struct{ value T }

//goconclint:hot
func boxes[T any](values []T) int {
	var all []*box[T]
	for _, v := range values {
		all = append(all, &box[T]{v})
	}
	return len(all)
}

// A link's slice leaves the function.
type link struct{ from, to int }

//goconclint:hot
func links(n int) []*link {
	var all []*link
	for i := range n {
		all = append(all, &link{from: i})
	}
	keep(all)
	return all
}

var kept any

func keep(all []*link) { kept = all }
