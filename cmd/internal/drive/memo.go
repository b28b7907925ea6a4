package drive

import (
	"encoding/json"
	"os"

	"github.com/goconclint/goconclint/cmd/internal/store"
)

// An exportMemo remembers where the go command keeps the export data of a set
// of packages. Its files are named by their contents; one that is gone, as
// the go command removes what isn't used for days, makes it be asked again.
type exportMemo struct {
	store      *store.Store
	identities *identities
}

// recall returns the files by import path, nil if they aren't known.
func (m *exportMemo) recall(packages map[string]bool) map[string]string {
	key, err := m.key(packages)
	if err != nil {
		return nil
	}
	data, ok := m.store.Get(key)
	var files map[string]string
	if !ok || json.Unmarshal(data, &files) != nil {
		return nil
	}
	for path := range packages {
		if info, err := os.Stat(files[path]); err != nil || info.Size() == 0 {
			return nil
		}
	}
	return files
}

func (m *exportMemo) keep(packages map[string]bool, files map[string]string) {
	key, err := m.key(packages)
	if err != nil || len(files) != len(packages) || m.identities.reader.unsteady() {
		return
	}
	if data, err := json.Marshal(files); err == nil {
		m.store.Put(key, data)
	}
}

func (m *exportMemo) key(packages map[string]bool) (store.Key, error) {
	if m.store == nil {
		return store.Key{}, errUnkeyed
	}
	s := newSum()
	s.add("files of export data", m.identities.env.GOROOT)
	for _, path := range sortedKeys(packages) {
		identity, err := m.identities.of(path)
		if err != nil {
			return store.Key{}, err
		}
		s.add(path, identity)
	}
	return s.key(), nil
}
