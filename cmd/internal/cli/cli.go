// Package cli is the face for people: flags and subcommands in, findings on
// standard output and an exit status out. docs/command.md describes it.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/goconclint/goconclint/passes/suite"
)

// Exit statuses.
const (
	exitClean       = 0
	exitFindings    = 1
	exitTrouble     = 2   // something couldn't be analysed or asked for
	exitInterrupted = 130 // as shells report death by SIGINT
)

// Main runs the command with the given arguments, the program's name left
// out, and returns the exit status.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt kills

	status, err := run(ctx, args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "goconclint: %v\n", err)
		if errors.Is(err, errInterrupted) {
			return exitInterrupted
		}
		return exitTrouble
	}
	return status
}

func run(ctx context.Context, args []string) (int, error) {
	if len(args) > 0 {
		if command, ok := commands()[args[0]]; ok {
			return command(ctx, args[1:])
		}
	}
	o, err := parse(args, suite.All())
	if errors.Is(err, flag.ErrHelp) {
		return exitClean, usage(os.Stdout)
	}
	if err != nil {
		return exitTrouble, err
	}
	return lint(ctx, o)
}

// A command does what a subcommand asks for and returns the exit status.
type command func(ctx context.Context, args []string) (int, error)

// commands are the words that mean something else than a package when they
// come first. A package of that name is given as ./help.
func commands() map[string]command {
	return map[string]command{
		"hot":        hotCommand,
		"help":       paged(help),
		"cache":      shows(manageCache),
		"explain":    paged(explain),
		"ignore":     shows(ignore),
		"list":       paged(list),
		"baseline":   baselines,
		"completion": shows(completion),
		"man":        shows(man),
		"config":     configure,
		"lsp":        serve,
		"merge":      merge,
		"version":    shows(version),
		"-version":   shows(version),
		"--version":  shows(version),
	}
}

// shows makes a command of what only writes to standard output.
func shows(write func(w io.Writer, args []string) error) command {
	return func(_ context.Context, args []string) (int, error) {
		return exitClean, write(os.Stdout, args)
	}
}

// noArguments refuses arguments to a subcommand that takes none.
func noArguments(command string, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments (for a package of that name write ./%[1]s)", command)
	}
	return nil
}
