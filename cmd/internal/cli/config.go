package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/config"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// noConfig is the value of -config that turns configuration off.
const noConfig = "none"

// A glance is what a command line says, read without any effect: it has to
// be known before the configuration, and is applied after it.
type glance map[string][]string // values by flag

func glanceAt(args []string, like *flag.FlagSet) glance {
	said := make(glance)
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	like.VisitAll(func(f *flag.Flag) {
		note := func(value string) error {
			said[f.Name] = append(said[f.Name], value)
			return nil
		}
		if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
			set.BoolFunc(f.Name, "", note)
		} else {
			set.Func(f.Name, "", note)
		}
	})
	_ = set.Parse(args) // what is wrong is found again when the flags are applied
	return said
}

// last returns the value that counts, or "".
func (g glance) last(name string) string {
	if values := g[name]; len(values) > 0 {
		return values[len(values)-1]
	}
	return ""
}

// restricts reports whether the command line says which checks run, and no
// others.
func (g glance) restricts(checks []suite.Check) bool {
	if len(g["group"]) > 0 {
		return true
	}
	return slices.ContainsFunc(checks, func(c suite.Check) bool {
		on, err := strconv.ParseBool(g.last(c.Name()))
		return err == nil && on
	})
}

// configured reads the configuration that holds and sets its flags, but for
// those in whose place the command line says something else.
func configured(set *flag.FlagSet, said glance, checks []suite.Check) error {
	file, err := configFor(said.last("C"), said.last("config"))
	if err != nil || file == nil {
		return err
	}
	restricted := said.restricts(checks)
	for _, f := range file.Flags {
		if said.wins(f, restricted) {
			continue
		}
		if err := set.Parse([]string{f.Arg()}); err != nil {
			return fmt.Errorf("%s:%d: %w", file.Path, f.Line, f.Explain(err, flagNames(set)))
		}
	}
	return nil
}

// wins reports whether the command line takes the place of what the
// configuration says.
func (g glance) wins(f config.Flag, restricted bool) bool {
	switch f.Key {
	case "enable", "only", "groups":
		return restricted
	case "disable", "settings", "severity", "paths":
		return false // more specific, or overwritten by what follows
	case "format":
		return len(g["f"])+len(g["json"]) > 0
	}
	return len(g[f.Name]) > 0
}

func flagNames(set *flag.FlagSet) []string {
	var names []string
	set.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	return names
}

// configFor reads the file that is named, or that holds for the directory.
func configFor(dir, named string) (*config.File, error) {
	if named == noConfig {
		return nil, nil
	}
	if named != "" {
		return config.Read(named)
	}
	path, err := config.Find(dir)
	if err != nil || path == "" {
		return nil, err
	}
	return config.Read(path)
}

// configure is the subcommand "config".
func configure(_ context.Context, args []string) (int, error) {
	if len(args) == 0 {
		return exitTrouble, errors.New("config takes one of schema, init, verify, flags")
	}
	var err error
	switch args[0] {
	case "schema":
		err = errors.Join(noArguments("config schema", args[1:]), config.WriteSchema(os.Stdout))
	case "init":
		err = errors.Join(noArguments("config init", args[1:]), initConfig())
	case "verify":
		err = verifyConfig(args[1:])
	case "flags":
		err = printConfigFlags(args[1:])
	default:
		known := []string{"schema", "init", "verify", "flags"}
		err = fmt.Errorf("config takes one of %s, not %s%s", strings.Join(known, ", "), args[0], directive.DidYouMean(args[0], known))
	}
	if err != nil {
		return exitTrouble, err
	}
	return exitClean, nil
}

func initConfig() error {
	if _, err := os.Stat(config.Name); err == nil {
		return fmt.Errorf("%s is there already", config.Name)
	}
	if err := writeFile(config.Name, config.WriteInitial); err != nil {
		return err
	}
	fmt.Printf("%s written: each key is in it as a comment\n", config.Name)
	return nil
}

// verifyConfig reads the configuration and applies it, as a run would.
func verifyConfig(args []string) error {
	path, err := configArgument("verify", args)
	if err != nil {
		return err
	}
	if _, err := parse([]string{"-config=" + path}, suite.All()); err != nil {
		return err
	}
	fmt.Printf("%s is fine\n", path)
	return nil
}

// printConfigFlags prints what go vet understands of the configuration.
func printConfigFlags(args []string) error {
	path, err := configArgument("flags", args)
	if err != nil {
		return err
	}
	if _, err := parse([]string{"-config=" + path}, suite.All()); err != nil {
		return err
	}
	file, err := config.Read(path)
	if err != nil {
		return err
	}
	for _, f := range file.Flags {
		switch f.Key {
		case "enable", "disable", "only", "groups", "as-of", "settings", "tags":
			fmt.Println(f.Arg())
		}
	}
	return nil
}

// configArgument returns the file that is named, else the one that holds.
func configArgument(command string, args []string) (string, error) {
	if len(args) > 1 {
		return "", fmt.Errorf("config %s takes one file at most", command)
	}
	if len(args) == 1 {
		return args[0], nil
	}
	path, err := config.Find(".")
	if err != nil {
		return "", err
	}
	if path == "" {
		return "", fmt.Errorf("no %s here or above; goconclint config init writes one", config.Name)
	}
	if dir, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(dir, path); err == nil {
			return rel, nil
		}
	}
	return path, nil
}
