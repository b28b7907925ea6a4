package hotprofile

import (
	"fmt"
	"strings"
)

// A Ref is a flag that names a profile: its path and, behind an @, the hash
// of its content. Who gives only the path gets the hash of what is there; who
// gives both is told when the file is another one by now.
//
// The flag's text always holds both, so that it can be part of a key.
type Ref struct{ profile *Profile }

// Profile returns the profile, or nil when none was named.
func (r *Ref) Profile() *Profile {
	if r == nil {
		return nil
	}
	return r.profile
}

// String returns the path and the hash of the profile, or "".
func (r *Ref) String() string {
	if r == nil || r.profile == nil {
		return ""
	}
	return r.profile.Path + hashMark + r.profile.Sum
}

// hashMark stands between the path and the hash, whose "sha256:" is its own.
const hashMark = "@"

// Set reads the profile. The empty string names none.
func (r *Ref) Set(value string) error {
	if value == "" {
		r.profile = nil
		return nil
	}
	path, sum := value, ""
	if i := strings.LastIndex(value, hashMark+"sha256:"); i >= 0 {
		path, sum = value[:i], value[i+len(hashMark):]
	}
	p, err := Read(path)
	if err != nil {
		return err
	}
	if sum != "" && sum != p.Sum {
		return fmt.Errorf("profile %s has changed since it was named: its hash is now %s", path, p.Sum)
	}
	r.profile = p
	return nil
}

// Use takes a profile that is already read.
func (r *Ref) Use(p *Profile) { r.profile = p }
