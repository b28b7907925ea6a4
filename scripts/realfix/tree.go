package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// checkOut writes a commit's files to a folder, once.
func (s *scorer) checkOut(r record, commit string) (string, error) {
	dir := filepath.Join(s.work, "trees", r.ID, commit[:min(len(commit), 12)])
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	repo := filepath.Join(s.repos, filepath.Dir(r.Repo)+"+"+filepath.Base(r.Repo))
	if _, err := os.Stat(filepath.Join(repo, "repo")); err == nil {
		repo = filepath.Join(repo, "repo")
	}
	part := dir + ".part"
	if err := os.RemoveAll(part); err != nil {
		return "", err
	}
	if err := os.MkdirAll(part, 0o777); err != nil {
		return "", err
	}
	if err := unpack(repo, commit, part); err != nil {
		return "", err
	}
	if r.Modfile != "go.mod" {
		for _, ending := range []string{".mod", ".sum"} {
			name := r.Modfile[:len(r.Modfile)-len(".mod")] + ending
			_ = os.Rename(filepath.Join(part, r.Module, name), filepath.Join(part, r.Module, "go"+ending)) // there may be no sums
		}
	}
	return dir, os.Rename(part, dir)
}

// unpack writes the files of a commit, those left out that a build doesn't
// need and those that the clone lacks, being too large.
func unpack(repo, commit, dir string) error {
	listing, err := exec.Command("git", "-C", repo, "ls-tree", "-r", "-z", commit).Output()
	if err != nil {
		return fmt.Errorf("git ls-tree %s: %w", commit, err)
	}
	var names []string
	var ids strings.Builder
	for entry := range strings.SplitSeq(strings.TrimRight(string(listing), "\x00"), "\x00") {
		about, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(about) // mode, type, id
		if fields[1] != "blob" || fields[0] == "120000" || isPicture(name) {
			continue
		}
		names = append(names, name)
		ids.WriteString(fields[2] + "\n")
	}
	cat := exec.Command("git", "-C", repo, "cat-file", "--batch")
	cat.Stdin = strings.NewReader(ids.String())
	pipe, err := cat.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cat.Start(); err != nil {
		return err
	}
	written := writeBlobs(bufio.NewReader(pipe), dir, names)
	return errors.Join(written, cat.Wait())
}

// isPicture reports whether a file is for people to look at, not to build.
func isPicture(name string) bool {
	return slices.Contains([]string{".png", ".svg", ".jpg", ".gif"}, filepath.Ext(name))
}

// writeBlobs reads what git cat-file says, for each name in turn
//
//	id " blob " size, the contents    or    id " missing"
func writeBlobs(in *bufio.Reader, dir string, names []string) error {
	for _, name := range names {
		head, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		fields := strings.Fields(head)
		if len(fields) != 3 {
			continue
		}
		size, err := strconv.Atoi(fields[2])
		if err != nil {
			return err
		}
		data := make([]byte, size+1) // a line end follows
		if _, err := io.ReadFull(in, data); err != nil {
			return err
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, data[:size], 0o666); err != nil {
			return err
		}
	}
	return nil
}
