// Package index builds tables and text on a hot path.
package index

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

type word struct {
	text  string
	count int
}

type index struct {
	words []word
	byKey map[string]int
}

//goconclint:hot
func (x *index) build(texts []string) {
	byKey := make(map[string]int)
	for i, text := range texts {
		byKey[text] = i // want `byKey grows from empty on a hot path: it will hold len\(texts\), for which there is room in one allocation`
	}
	x.byKey = byKey
	var words []word
	for _, text := range texts {
		words = append(words, word{text: text}) // want `words grows from empty on a hot path: it will hold len\(texts\)`
	}
	x.words = words
	x.order()
}

// order is called by hot code.
func (x *index) order() {
	sort.Slice(x.words, func(i, j int) bool { return x.words[i].count < x.words[j].count })               // want `sort.Slice boxes its slice and swaps by reflection on a hot path: slices.SortFunc does neither`
	sort.SliceStable(x.words, func(i, j int) bool { return len(x.words[i].text) > len(x.words[j].text) }) // want `sort.SliceStable boxes its slice and swaps by reflection on a hot path: slices.SortStableFunc does neither`
}

//goconclint:hot
func digits(lines []string) (n int) {
	for _, line := range lines {
		if regexp.MustCompile(`^\d+$`).MatchString(line) { // want `regexp.MustCompile builds the same pattern anew on a hot path: a package variable is built once`
			n++
		}
		re, err := regexp.Compile("[a-z]") // want `regexp.Compile builds the same pattern anew`
		if err == nil && re.MatchString(line) {
			n++
		}
	}
	return n
}

//goconclint:hot
func escape(s string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(s) // want `strings.NewReplacer builds the same replacer anew`
}

//goconclint:hot
func join(words []word) string {
	text := ""
	for _, w := range words {
		text += w.text + " " // want `text is put together by \+= in a loop on a hot path: each turn copies all of it; a strings.Builder doesn't`
	}
	return text
}

//goconclint:hot
func key(host string, port int) string {
	return fmt.Sprintf("%s:%d", host, port) // want `fmt.Sprintf only joins strings and integers on a hot path: it parses its format and boxes its arguments each time`
}

//goconclint:hot
func squares(n int) []int {
	list := []int{}
	for i := 0; i < n; i++ {
		list = append(list, i*i) // want `list grows from empty on a hot path: it will hold n,`
	}
	return list
}
