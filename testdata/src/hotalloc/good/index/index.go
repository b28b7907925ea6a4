// Package index does what the bad one does, or nearly, without the waste.
package index

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"sort"
	"strings"
)

type word struct {
	text  string
	count int
}

var digitsPattern = regexp.MustCompile(`^\d+$`)

//goconclint:hot
func build(texts []string) (map[string]int, []word) {
	byKey := make(map[string]int, len(texts))
	words := make([]word, 0, len(texts))
	for i, text := range texts {
		byKey[text] = i
		words = append(words, word{text: text})
	}
	slices.SortFunc(words, func(a, b word) int { return a.count - b.count })
	return byKey, words
}

// filter keeps a number of words that nobody knows before.
//
//goconclint:hot
func filter(words []word) []word {
	var kept []word
	for _, w := range words {
		if w.count > 1 {
			kept = append(kept, w)
		}
	}
	return kept
}

//goconclint:hot
func digits(lines []string, pattern string) (n int, err error) {
	for _, line := range lines {
		if digitsPattern.MatchString(line) {
			n++
		}
	}
	re, err := regexp.Compile(pattern) // not a constant
	if err != nil {
		return 0, err
	}
	if re.MatchString("x") {
		n++
	}
	return n, nil
}

// cold isn't marked.
func cold(texts []string) []string {
	list := []string{}
	for _, text := range texts {
		list = append(list, text+fmt.Sprintf("%s", text))
	}
	sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
	return list
}

//goconclint:hot
func join(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.text)
	}
	last := b.String()
	for _, w := range words {
		line := w.text
		line += "\n" // a new string in each turn
		last = line
	}
	return last
}

type level int

func (l level) String() string { return "level" }

//goconclint:hot
func text(l level, f float64, s fmt.Stringer, err error, n int) []string {
	return []string{
		fmt.Sprintf("%v", l), // has its own method
		fmt.Sprintf("%d", l),
		fmt.Sprintf("%.2f", f),
		fmt.Sprintf("%5d", n), // padded
		fmt.Sprintf("%v", s),
		fmt.Sprintf("%s", err),
		fmt.Sprintf("%q", "x"),
	}
}

//goconclint:hot
func fails(n int) error {
	if n < 0 {
		return fmt.Errorf("%s", fmt.Sprintf("%d", n)) // an error is seldom
	}
	return nil
}

//goconclint:hot
func written(b *bytes.Buffer, s string) {
	b.Write([]byte(s)) // the compiler keeps the copy on the stack
}

//goconclint:hot
func writtenAnywhere(w io.Writer, b *bufio.Writer, s string) {
	w.Write([]byte(s))        // a writer without WriteString copies it, too
	b.Write([]byte(s + "\n")) // the sum is made as bytes
}
