package selection

import (
	"fmt"
	"regexp"
	"strconv"
)

// Plainly says what package flag says of a value as it was typed.
func Plainly(err error) string {
	m := invalidValue.FindStringSubmatch(err.Error())
	if m == nil {
		return err.Error()
	}
	value, bad := strconv.Unquote(m[1])
	if bad != nil {
		return err.Error()
	}
	return fmt.Sprintf("-%s=%s: %s", m[2], value, m[3])
}

// invalidValue matches what package flag says of one: which, of what, why.
var invalidValue = regexp.MustCompile(`^invalid (?:boolean )?value ("(?:[^"\\]|\\.)*") for (?:flag )?-([^:]+): (.*)$`)
