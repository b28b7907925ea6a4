// Package fingerprint gives findings a name that stays when lines are
// inserted above them or the repository lies elsewhere, for baselines and for
// services that follow a finding from one commit to the next.
package fingerprint

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// Version is part of the name under which outputs carry fingerprints. It
// changes when the fingerprints of unchanged code do.
const Version = "goconclint/v1"

// Set gives each finding that has none its fingerprint: a digest of the check, the package,
// the file's name, the enclosing function and the message without the
// positions in it. What is alike in all of them is told apart by its order.
func Set(findings []finding.Finding, files *source.Files) {
	seen := make(map[string]int)
	for i := range findings {
		f := &findings[i]
		if f.Fingerprint != "" {
			continue // of a report that was read
		}
		at := f.Range.Start
		key := strings.Join([]string{
			f.Check, f.Kind, f.Package, filepath.Base(at.File), files.Function(at.File, at.Line), Anywhere(f.Message),
		}, "\x00")
		seen[key]++
		sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(seen[key])))
		f.Fingerprint = hex.EncodeToString(sum[:12])
	}
}

// place matches what messages say about places: "pool.go:31", "line 46".
var place = regexp.MustCompile(`(\.go|\bline)[: ]\d+(:\d+)?`)

// Anywhere returns the message as it would be on other lines.
func Anywhere(message string) string {
	return strings.Join(strings.Fields(place.ReplaceAllString(message, "$1")), " ")
}
