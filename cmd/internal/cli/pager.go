package cli

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"

	"golang.org/x/term"
)

// paged makes a command of what writes more than a screen may hold: on a
// terminal that is too short for it, the user's pager shows it.
func paged(write func(w io.Writer, args []string) error) command {
	return func(ctx context.Context, args []string) (int, error) {
		var text bytes.Buffer
		if err := write(&text, args); err != nil {
			return exitTrouble, err
		}
		if tooLong(text.Bytes()) && page(ctx, text.Bytes()) == nil {
			return exitClean, nil
		}
		_, err := os.Stdout.Write(text.Bytes())
		return exitClean, err
	}
}

func tooLong(text []byte) bool {
	if !isTerminal(os.Stdout) || os.Getenv("TERM") == "dumb" {
		return false
	}
	_, rows, err := term.GetSize(int(os.Stdout.Fd()))
	return err == nil && bytes.Count(text, []byte("\n")) >= rows
}

func page(ctx context.Context, text []byte) error {
	words := strings.Fields(cmp.Or(os.Getenv("PAGER"), "less"))
	if len(words) == 0 {
		return exec.ErrNotFound
	}
	pager := exec.CommandContext(ctx, words[0], words[1:]...)
	pager.Stdin, pager.Stdout, pager.Stderr = bytes.NewReader(text), os.Stdout, os.Stderr
	pager.Env = append(os.Environ(), "LESS="+cmp.Or(os.Getenv("LESS"), "FRX"))
	if err := pager.Start(); err != nil {
		return err
	}
	_ = pager.Wait() // it has shown what the user wanted to see
	return nil
}
