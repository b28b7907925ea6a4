package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"sync"
)

// Build identifies the running program: another build of it may find
// something else. It is the build ID that the linker wrote into the
// executable, a hash of all that went in, or, where it was left out, the
// hash of the executable.
var Build = sync.OnceValues(func() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return buildID(file)
})

// buildID reads the build ID, which stands at the beginning of the code, in
// every format of executables (cmd/internal/buildid).
func buildID(file io.ReadSeeker) (string, error) {
	start := make([]byte, 64<<10)
	n, err := io.ReadFull(file, start)
	if err != nil && err != io.ErrUnexpectedEOF {
		return "", err
	}
	if _, rest, found := bytes.Cut(start[:n], []byte("\xff Go build ID: \"")); found {
		if id, _, found := bytes.Cut(rest, []byte("\"\n \xff")); found && len(id) > 0 {
			return string(id), nil
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return fmt.Sprintf("sha256 %x", hash.Sum(nil)), nil
}
