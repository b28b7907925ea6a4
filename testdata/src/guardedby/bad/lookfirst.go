package bad

import "sync"

// A workspace has a folder, which is made when it is first wanted.
type workspace struct {
	mu     sync.Mutex
	folder *folder
	files  int
}

type folder struct{ path string }

func newFolder() *folder { return &folder{path: "/tmp"} }

// Path makes the folder if there is none yet. Two callers may both make one.
func (w *workspace) Path() string {
	w.mu.Lock()
	known := w.folder
	w.mu.Unlock()
	if known != nil {
		return known.path
	}
	w.mu.Lock()
	w.folder = newFolder()
	w.mu.Unlock()
	return w.folder.path // want `w.folder is read after w.mu was released: 4 of 5 uses hold it`
}

// Clone takes the folder over.
func (w *workspace) Clone() *workspace {
	w.mu.Lock()
	defer w.mu.Unlock()
	made := &workspace{files: w.files}
	if w.folder != nil {
		made.folder = w.folder
	}
	return made
}
