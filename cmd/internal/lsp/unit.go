package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// A unit is a folder whose files are looked at together: a module, or the
// workspace's folder if that lies within one. Configuration is looked for
// from there, as the command does when it is run there.
type unit struct {
	dir   string
	due   time.Time          // when to look at it, zero for not
	edits int                // of open files that it reads, counted
	reads []string           // folders of packages that it was about last time, sorted
	shown map[string][]shown // what the editor shows, by file
	said  map[string]bool    // what the user has been told once
}

// shown is a finding with the form in which the editor has it, moved along
// with edits since.
type shown struct {
	finding    finding.Finding
	diagnostic protocol.Diagnostic
}

// readsFrom reports whether the last run was about the folder of a file.
func (u *unit) readsFrom(path string) bool {
	_, found := slices.BinarySearch(u.reads, filepath.Dir(path))
	return found
}

// unitOf returns the unit that a file belongs to. It is nil for files that
// nobody works on: those outside of the workspace, if there is one, such as
// dependencies that are only read.
func (s *server) unitOf(path string) *unit {
	dir := s.home(path)
	if dir == "" {
		return nil
	}
	u := s.units[dir]
	if u == nil {
		u = &unit{dir: dir, shown: make(map[string][]shown), said: make(map[string]bool)}
		s.units[dir] = u
	}
	return u
}

// home returns the folder of the unit that a file belongs to, or "".
func (s *server) home(path string) string {
	folder := ""
	for _, dir := range s.folders {
		if within(path, dir) && len(dir) > len(folder) {
			folder = dir
		}
	}
	if folder == "" && len(s.folders) > 0 {
		return ""
	}
	module := moduleOf(filepath.Dir(path))
	switch {
	case module != "" && len(module) >= len(folder):
		return module
	case folder != "":
		return folder
	}
	return filepath.Dir(path)
}

func within(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// moduleOf returns the folder of the module that a folder lies in, or "".
func moduleOf(dir string) string {
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && !info.IsDir() {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// settle finds the units of open files anew, after folders or modules have
// come or gone.
func (s *server) settle() {
	for _, d := range s.open {
		if u := s.unitOf(d.path); u != d.unit {
			s.outdated(d.unit)
			d.unit = u
			s.outdated(d.unit)
		}
	}
	for _, u := range s.units {
		s.due(u, now)
	}
}
