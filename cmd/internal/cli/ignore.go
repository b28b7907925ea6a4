package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/fix"
	"github.com/goconclint/goconclint/passes/directive"
)

// ignore writes a comment that silences a check on a line.
func ignore(w io.Writer, args []string) error {
	if len(args) != 3 {
		return errors.New(`ignore takes a place, a check and a reason: goconclint ignore pool.go:31 datarace "why"`)
	}
	file, line, err := placeOf(args[0])
	if err != nil {
		return err
	}
	reason := strings.Join(strings.Fields(args[2]), " ")
	if reason == "" {
		return errors.New("a comment without a reason has no effect: say why")
	}
	for name := range strings.SplitSeq(args[1], ",") {
		if !directive.Known(name) {
			return fmt.Errorf("no check named %s%s; goconclint list shows them", name, directive.DidYouMean(name, directive.Names()))
		}
	}
	at, err := fix.Ignore(file, line, args[1], reason)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s:%d: //goconclint:ignore %s %s\n", file, at, args[1], reason)
	return err
}

// placeOf reads path:line, or path:line:column as findings have it.
func placeOf(text string) (file string, line int, err error) {
	parts := strings.Split(filepath.ToSlash(text), ":")
	for cut := len(parts) - 1; cut >= 1 && cut >= len(parts)-2; cut-- {
		number, bad := strconv.Atoi(parts[cut])
		name := strings.Join(parts[:cut], ":")
		if bad != nil || number < 1 {
			continue
		}
		if _, err := os.Stat(name); err == nil {
			return filepath.FromSlash(name), number, nil
		}
	}
	return "", 0, fmt.Errorf("%s is no place in a file: want path:line", text)
}
