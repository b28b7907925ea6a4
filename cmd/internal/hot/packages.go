package hot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/passes/hotprofile"
)

// A pkg is one of the packages asked about, as go list tells it.
type pkg struct {
	ImportPath, Name, Dir     string
	GoFiles, CgoFiles         []string
	TestGoFiles, XTestGoFiles []string
	Error                     *struct{ Err string }
}

func list(ctx context.Context, o Options) ([]pkg, error) {
	args := []string{"list", "-e", "-json=ImportPath,Name,Dir,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Error"}
	if o.Tags != "" {
		args = append(args, "-tags="+o.Tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), o.Patterns...)...)
	cmd.Dir = o.Dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, drive.ErrNoGo
	}
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(drive.OneLine(stderr.String()), "go: "))
	}
	var packages []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Error != nil && p.Name == "" {
			return nil, errors.New(drive.OneLine(p.Error.Err))
		}
		packages = append(packages, p)
	}
	if len(packages) == 0 {
		return nil, drive.ErrNoMatches
	}
	return packages, nil
}

// files returns the package's files with the import paths under which the
// linker knows what is in them.
func (p pkg) files() map[string][]string {
	files := make(map[string][]string)
	add := func(names []string, paths ...string) {
		for _, name := range names {
			files[filepath.Join(p.Dir, name)] = paths
		}
	}
	own := []string{p.ImportPath}
	if p.Name == "main" {
		own = append(own, "main")
	}
	add(slices.Concat(p.GoFiles, p.CgoFiles, p.TestGoFiles), own...)
	add(p.XTestGoFiles, p.ImportPath+"_test")
	return files
}

// profile reads the profile that was named, or finds default.pgo as go build
// does: in the folder of a main package that was asked for.
func (o Options) profile(packages []pkg, report *Report) (*hotprofile.Profile, error) {
	if o.Profile != "" {
		if !filepath.IsAbs(o.Profile) {
			o.Profile = filepath.Join(o.Dir, o.Profile)
		}
		return hotprofile.Read(o.Profile)
	}
	var found []string
	for _, p := range packages {
		if path := filepath.Join(p.Dir, "default.pgo"); p.Name == "main" && isFile(path) {
			found = append(found, path)
		}
	}
	if len(found) == 0 {
		return nil, errNoProfile
	}
	if len(found) > 1 {
		report.note("%d main packages have a default.pgo; this is %s, -profile names another", len(found), found[0])
	}
	read, err := hotprofile.Read(found[0])
	if err == nil && read.Kind != hotprofile.CPU {
		err = fmt.Errorf("%s is a %s profile: go build wants a CPU profile there (-profile takes either)", found[0], read.Kind)
	}
	return read, err
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
