// Command realfix counts how many mistakes that public projects have mended
// goconclint would have reported:
//
//	go run ./scripts/realfix -records FILE -repos DIR -work DIR [-kind WORDS] [-tier NAME] [-id IDS] [-with FLAGS] [-v]
//
// The file lists bug-fix commits, see [record]; DIR holds a clone of each of
// their repositories, as owner+name or owner+name/repo, with or without a work
// tree. For each record the package is analysed as it was before and after the
// fix, with default flags; testdata/realfix/kinds.json says which checks are
// right for which kind of mistake. Trees and binary are kept in what -work names.
//
// A record counts as loaded if its package compiles on both sides. A hit is a
// report of a right check before the fix, whose position or last step of a
// schedule lies within two lines of what was mended; it is complete if the
// fixed code is silent there.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	var s scorer
	records := flag.String("records", "", "JSON list of fixes")
	table := flag.String("table", filepath.Join("testdata", "realfix", "kinds.json"), "JSON table from kinds to right checks")
	flag.StringVar(&s.repos, "repos", "", "folder of the repositories")
	flag.StringVar(&s.work, "work", "", "folder for trees and the binary, kept")
	flag.StringVar(&s.command, "command", "", "goconclint to run; none means that of this module")
	kind := flag.String("kind", "", "only kinds that contain one of these words, separated by commas")
	tier := flag.String("tier", "", "only this tier")
	id := flag.String("id", "", "only these records, separated by commas")
	with := flag.String("with", "", "flags for goconclint, separated by commas, to practise: -with=-tests=false")
	flag.BoolVar(&s.verbose, "v", false, "list the reports of right checks in each package")
	flag.Parse()
	s.flags = words(*with)
	err := s.prepare(*table)
	if err == nil {
		err = s.run(*records, selection{kinds: words(*kind), ids: words(*id), tier: *tier})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "realfix:", err)
		os.Exit(1)
	}
}

// words splits at commas; no words is none, not one that is empty.
func words(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// run judges the chosen records one by one and shows the score.
func (s *scorer) run(file string, chosen selection) error {
	records, err := readRecords(file)
	if err != nil {
		return err
	}
	var board board
	for _, r := range records {
		if !chosen.has(r) {
			continue
		}
		o := s.score(r)
		fmt.Printf("%-5s %-24s %-9s %s:%v\n", r.Tier, r.ID, o.word(), r.File, r.Before)
		if o.failed != nil {
			fmt.Printf("      %s\n", firstLine(o.failed.Error()))
		}
		if s.verbose {
			for _, f := range o.before {
				fmt.Printf("      %s:%d: %s (%s)\n", f.File, f.Line, f.Message, f.Check)
			}
		}
		board.add(r, o)
	}
	return board.show(os.Stdout)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
