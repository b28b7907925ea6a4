package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// completion writes a script that makes a shell complete our command line.
func completion(w io.Writer, args []string) error {
	shells := map[string]func(io.Writer, words) error{"bash": bash, "zsh": zsh, "fish": fish}
	names := []string{"bash", "fish", "zsh"}
	if len(args) != 1 {
		return errors.New("completion takes the name of a shell: " + strings.Join(names, ", "))
	}
	write, ok := shells[args[0]]
	if !ok {
		return fmt.Errorf("completion knows %s, not %s%s", strings.Join(names, ", "), args[0], directive.DidYouMean(args[0], names))
	}
	return write(w, wordsToComplete())
}

// words are what shells complete.
type words struct {
	commands, flags, checks []string
	usage                   map[string]string   // by flag
	values                  map[string][]string // what a flag takes, or a subcommand
}

func wordsToComplete() words {
	o := &options{view: newView(suite.All())}
	set, _ := o.flags(suite.All())
	x := words{usage: make(map[string]string), values: map[string][]string{
		"-f":          output.Formats(),
		"-confidence": {"high", "low"},
		"-fail-on":    {"none", "findings", "errors"},
		"-color":      {"auto", "always", "never"},
		"-explore":    {"quick", "default", "thorough"},
		"-group":      selection.Groups(),
		"-enable":     nil,
		"-disable":    nil,
		"baseline":    {"write", "check"},
		"cache":       {"status", "clean"},
		"completion":  {"bash", "fish", "zsh"},
		"config":      {"schema", "init", "verify", "flags"},
	}}
	for _, check := range suite.All() {
		x.checks = append(x.checks, check.Name())
	}
	x.values["-enable"] = slices.Concat(x.checks, selection.Groups())
	x.values["-disable"] = x.values["-enable"]
	x.values["explain"], x.values["help"] = x.checks, slices.Concat(x.checks, selection.Groups(), []string{"flags", "commands"})
	for name := range commands() {
		if !strings.HasPrefix(name, "-") {
			x.commands = append(x.commands, name)
		}
	}
	slices.Sort(x.commands)
	set.VisitAll(func(f *flag.Flag) {
		x.flags = append(x.flags, "-"+f.Name)
		x.usage["-"+f.Name], _, _ = strings.Cut(f.Usage, "\n")
	})
	return x
}

// takers returns what has values of its own, sorted.
func (x words) takers() []string {
	var names []string
	for name := range x.values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func bash(w io.Writer, x words) error {
	fmt.Fprint(w, "# bash completion for goconclint: source <(goconclint completion bash)\n"+
		"_goconclint() {\n"+
		"\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"+
		"\tcase $previous in\n")
	for _, name := range x.takers() {
		fmt.Fprintf(w, "\t%s) COMPREPLY=($(compgen -W '%s' -- \"$current\")); return ;;\n", name, strings.Join(x.values[name], " "))
	}
	_, err := fmt.Fprintf(w, "\tesac\n"+
		"\tif [[ $current == -* ]]; then\n"+
		"\t\tCOMPREPLY=($(compgen -W '%s' -- \"$current\"))\n"+
		"\telif ((COMP_CWORD == 1)); then\n"+
		"\t\tCOMPREPLY=($(compgen -W '%s' -- \"$current\") $(compgen -d -- \"$current\"))\n"+
		"\telse\n"+
		"\t\tCOMPREPLY=($(compgen -f -- \"$current\"))\n"+
		"\tfi\n"+
		"}\n"+
		"complete -o filenames -F _goconclint goconclint\n", strings.Join(x.flags, " "), strings.Join(x.commands, " "))
	return err
}

func zsh(w io.Writer, x words) error {
	fmt.Fprint(w, "#compdef goconclint\n"+
		"# zsh completion for goconclint: put it as _goconclint into a directory of $fpath,\n"+
		"# or source <(goconclint completion zsh)\n"+
		"_goconclint() {\n"+
		"\tlocal previous=${words[CURRENT-1]}\n"+
		"\tcase $previous in\n")
	for _, name := range x.takers() {
		fmt.Fprintf(w, "\t%s) compadd -- %s; return ;;\n", name, strings.Join(x.values[name], " "))
	}
	fmt.Fprint(w, "\tesac\n\tif [[ $PREFIX == -* ]]; then\n\t\tlocal -a flags=(\n")
	for _, name := range x.flags {
		fmt.Fprintf(w, "\t\t\t%s\n", quoted(name+":"+strings.ReplaceAll(x.usage[name], ":", `\:`)))
	}
	_, err := fmt.Fprintf(w, "\t\t)\n\t\t_describe flag flags\n\t\treturn\n\tfi\n"+
		"\t((CURRENT == 2)) && compadd -- %s\n"+
		"\t_files\n"+
		"}\n"+
		"compdef _goconclint goconclint\n", strings.Join(x.commands, " "))
	return err
}

func fish(w io.Writer, x words) error {
	fmt.Fprint(w, "# fish completion for goconclint: goconclint completion fish | source\n")
	fmt.Fprintf(w, "complete -c goconclint -n __fish_use_subcommand -a %s\n", quoted(strings.Join(x.commands, " ")))
	for _, name := range x.flags {
		fmt.Fprintf(w, "complete -c goconclint -o %s -d %s", strings.TrimPrefix(name, "-"), quoted(x.usage[name]))
		if values := x.values[name]; len(values) > 0 {
			fmt.Fprintf(w, " -x -a %s", quoted(strings.Join(values, " ")))
		}
		fmt.Fprintln(w)
	}
	for _, name := range x.takers() {
		if strings.HasPrefix(name, "-") {
			continue
		}
		if _, err := fmt.Fprintf(w, "complete -c goconclint -n '__fish_seen_subcommand_from %s' -f -a %s\n", name, quoted(strings.Join(x.values[name], " "))); err != nil {
			return err
		}
	}
	return nil
}

// quoted quotes text for all three shells.
func quoted(text string) string {
	return "'" + strings.NewReplacer("'", "’", `\\`, `\\`).Replace(text) + "'"
}
