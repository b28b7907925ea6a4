package drive

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// overlayFiles writes the contents of the overlay where the go command can
// read them and returns the name of the file for its -overlay flag, "" if
// the overlay is empty. The caller removes the files with cleanup.
func overlayFiles(overlay map[string][]byte) (name string, cleanup func(), err error) {
	if len(overlay) == 0 {
		return "", func() {}, nil
	}
	dir, err := os.MkdirTemp("", "goconclint-overlay-")
	if err != nil {
		return "", nil, err
	}
	cleanup = func() { _ = os.RemoveAll(dir) }
	name, err = writeOverlay(dir, overlay)
	if err != nil {
		cleanup()
		return "", nil, err
	}
	return name, cleanup, nil
}

func writeOverlay(dir string, overlay map[string][]byte) (string, error) {
	replace := make(map[string]string, len(overlay))
	for path, content := range overlay {
		if !filepath.IsAbs(path) {
			return "", fmt.Errorf("overlay: %s is not an absolute path", path)
		}
		copied := filepath.Join(dir, fmt.Sprintf("%d-%s", len(replace), filepath.Base(path)))
		if err := os.WriteFile(copied, content, 0o600); err != nil {
			return "", err
		}
		replace[path] = copied
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "overlay.json")
	return name, os.WriteFile(name, data, 0o600)
}
