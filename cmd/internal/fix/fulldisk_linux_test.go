package fix

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk fixes two files on a disk that has room for one more: neither
// changes, and nothing is left behind.
func TestFullDisk(t *testing.T) {
	dir := home(t)
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=192k"); err != nil {
		t.Skipf("no small disk to be had: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, 0) })
	code := "package p\n\nvar x = 1\n" + strings.Repeat("// a long file\n", 3500) // 52 kB, and three of them fit
	a, b := file(t, disk, "a.go", code), file(t, disk, "b.go", code)
	p, err := Make([]Choice{replacing(a, "x = 1", "x = 2"), replacing(b, "x = 1", "x = 2")})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Write(); err == nil || !strings.Contains(err.Error(), "nothing is fixed: ") || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("the disk is full: %v", err)
	}
	if content(t, a) != code || content(t, b) != code {
		t.Error("a file has changed")
	}
	clean(t, disk)
}
