package fix

import "maps"

func backups(files map[string][]byte) {
	for name, content := range files {
		files[name+".bak"] = content // want `files gets a new key`
	}
	maps.DeleteFunc(files, func(string, []byte) bool { return false })
}
