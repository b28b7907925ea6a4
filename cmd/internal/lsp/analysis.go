package lsp

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// A snapshot is what the open files of a unit were at one moment.
type snapshot struct {
	unit     *unit
	edits    int
	folders  []string         // of the open files, relative to the unit's
	versions map[string]int32 // of the open files, by path
	texts    map[string]*text // of these and those of other units, which it may import
}

func (s *server) snapshot(u *unit) snapshot {
	snap := snapshot{unit: u, edits: u.edits, texts: make(map[string]*text), versions: make(map[string]int32)}
	for _, d := range s.open {
		if d.unit != nil {
			snap.texts[d.path] = d.text
		}
		if d.unit != u {
			continue
		}
		snap.versions[d.path] = d.version
		if rel, err := filepath.Rel(u.dir, filepath.Dir(d.path)); err == nil {
			snap.folders = append(snap.folders, "./"+filepath.ToSlash(rel))
		}
	}
	slices.Sort(snap.folders)
	snap.folders = slices.Compact(snap.folders)
	return snap
}

// overlay returns the open files that aren't what is on disk.
func (snap snapshot) overlay() map[string][]byte {
	overlay := make(map[string][]byte)
	for path, text := range snap.texts {
		if onDisk, err := os.ReadFile(path); err != nil || string(onDisk) != text.content {
			overlay[path] = []byte(text.content)
		}
	}
	return overlay
}

// analyze runs the checks on the packages of the unit's open files and shows
// what they find. Nothing is shown of files that have changed in between: a
// newer run is on its way then.
func (s *server) analyze(u *unit) {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	s.mu.Lock()
	snap := s.snapshot(u)
	if len(snap.versions) == 0 {
		delete(s.units, u.dir)
		s.mu.Unlock()
		s.forget(u)
		return
	}
	s.running = &run{u, cancel}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.running = nil
		s.mu.Unlock()
	}()

	settings, err := s.opts.Configure(ctx, u.dir)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.once(u, "configuration", protocol.MessageTypeError, err.Error())
		return
	}
	s.resolved(u, "configuration")
	overlay := snap.overlay()
	progress := s.progress("Checking "+filepath.Base(u.dir), cancel)
	result, err := drive.Run(ctx, drive.Options{
		Dir: u.dir, Patterns: snap.folders, Tags: settings.Tags, Tests: settings.Tests,
		Analyzers: settings.Analyzers, Overlay: overlay, Store: s.opts.Store, Memory: settings.Memory,
		Progress: progress.report,
	})
	progress.end()
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.once(u, "go", severityOf(err), err.Error())
		return
	}
	s.resolved(u, "go")
	files := &source.Files{Overlay: overlay}
	s.publish(snap, settings.Sift(result.Findings, files), files, result)
	s.complain(u, result.Problems)
}

// severityOf says how loud to be about a run that failed as a whole. A folder
// without Go code is nothing to be interrupted for.
func severityOf(err error) protocol.MessageType {
	if errors.Is(err, drive.ErrNoMatches) || errors.Is(err, drive.ErrNoModule) {
		return protocol.MessageTypeWarning
	}
	return protocol.MessageTypeError
}

// complain says once of each package that it can't be analysed, and why, and
// again only after it could. Where the code is wrong the editor's Go support
// shows it, so this goes to the log; faults of ours are shown.
func (s *server) complain(u *unit, problems []finding.Problem) {
	current := make(map[string]bool)
	for _, p := range problems {
		subject, kind, text := "package "+p.Package, protocol.MessageTypeWarning, p.Message
		switch {
		case p.Internal:
			subject, kind = "internal "+p.Message, protocol.MessageTypeError
		case p.Package == "":
			subject = "problem " + p.Message
		default:
			text = p.Package + " is checked again when it compiles: " + text
		}
		current[subject] = true
		s.once(u, subject, kind, text)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for subject := range u.said {
		if strings.Contains(subject, " ") && !current[subject] {
			delete(u.said, subject)
		}
	}
}

// once tells the user something about a subject for the first time. Errors
// are shown, the rest goes to the log.
func (s *server) once(u *unit, subject string, kind protocol.MessageType, text string) {
	s.mu.Lock()
	said := u.said[subject]
	u.said[subject] = true
	s.mu.Unlock()
	if said {
		return
	}
	if kind == protocol.MessageTypeError {
		s.show(kind, text)
	} else {
		s.log(kind, text)
	}
}

// resolved lets the user be told about a subject again.
func (s *server) resolved(u *unit, subject string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(u.said, subject)
}
