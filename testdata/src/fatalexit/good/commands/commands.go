// Package commands holds what the functions of a command do, which its main
// package calls.
package commands

import (
	"flag"
	"fmt"
	"log"
	"os"
)

// Check reads the files that the command is given.
func Check(args []string) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	strict := flags.Bool("strict", false, "end at the first problem")
	if err := flags.Parse(args); err != nil {
		return err
	}
	problems := 0
	for _, name := range flags.Args() {
		content, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		if len(content) == 0 {
			problems++
		}
		if *strict && problems > 0 {
			break
		}
	}
	if problems > 0 {
		return fmt.Errorf("%d problems", problems)
	}
	return nil
}
