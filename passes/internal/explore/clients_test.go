package explore

import (
	"os"
	"path/filepath"
	"testing"
)

// TestClients explores the clients that are made up for the types of each
// package of testdata/clients, and its handlers.
func TestClients(t *testing.T) {
	dirs, err := os.ReadDir("testdata/clients")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no packages", err)
	}
	for _, dir := range dirs {
		t.Run(dir.Name(), func(t *testing.T) {
			if !dir.IsDir() {
				t.Fatal("belongs to no package")
			}
			src := loadDir(t, filepath.Join("testdata/clients", dir.Name()), func(string) bool { return true })
			entries := Clients(src.pkg, src.funcs)
			if len(entries) < 5 {
				t.Errorf("%d clients", len(entries))
			}
			compare(t, src, Explore(src.pkg, entries, Default))
		})
	}
}
