package main

import (
	"fmt"
	"go/doc/comment"
	"strings"

	"github.com/goconclint/goconclint/passes/suite"
)

const pageFolder = "docs/checks"

func pagePath(check suite.Check) string { return pageFolder + "/" + check.Name() + ".md" }

// page returns the page of one check in Markdown.
func page(check suite.Check) string {
	p := check.Page()
	var out strings.Builder
	fmt.Fprintf(&out, "<!-- Made from passes/%s/doc.go by go generate ./passes/suite: edit that file. -->\n\n", check.Name())
	fmt.Fprintf(&out, "# %s\n\n%s.\n\n%s\n", check.Name(), capital(p.Summary), standing(check))
	section(&out, "", markdown(p.Prose))
	section(&out, "Wrong", fence(p.Wrong))
	section(&out, "Right", fence(p.Right))
	section(&out, "What it doesn't report", markdown(p.SilentOn))
	section(&out, "Relatives", markdown(p.Relatives))
	section(&out, "Flags", flags(check.Name(), p.Flags))
	section(&out, "How to silence it", silence(check.Name()))
	return out.String()
}

// standing says where the check belongs and whether it is on.
func standing(check suite.Check) string {
	var words []string
	if check.Group != "" {
		words = append(words, "Group "+string(check.Group))
	}
	if check.Default {
		words = append(words, "on by default")
	} else {
		words = append(words, fmt.Sprintf("off by default: ask for it with `-enable=%s`", check.Name()))
	}
	return capital(strings.Join(append(words, "since "+check.Since), " · "))
}

func section(out *strings.Builder, title, body string) {
	if body == "" {
		return
	}
	if title != "" {
		fmt.Fprintf(out, "\n## %s\n", title)
	}
	fmt.Fprintf(out, "\n%s\n", strings.Trim(body, "\n"))
}

func flags(check string, list []suite.Flag) string {
	var rows strings.Builder
	for _, flag := range list {
		fmt.Fprintf(&rows, "| `-%s.%s` | `%s` | %s |\n", check, flag.Name, flag.Default, flag.Usage)
	}
	if rows.Len() == 0 {
		return ""
	}
	return "| flag | default | |\n| --- | --- | --- |\n" + rows.String()
}

func silence(check string) string {
	if check == "directive" {
		return "Switch it off with `-directive=false`, or the part about unused comments with `-directive.unused=false`."
	}
	return fence("//goconclint:ignore "+check+" the reason why the code is right") +
		"\nbehind the line, alone above it, or above a declaration to cover all of it: see [suppression](../suppression.md)."
}

// markdown turns the text of a Go doc comment into Markdown.
func markdown(text string) string {
	var parser comment.Parser
	printer := comment.Printer{HeadingLevel: 3, HeadingID: func(*comment.Heading) string { return "" }}
	var blocks []string
	for _, block := range parser.Parse(text).Content {
		if code, ok := block.(*comment.Code); ok {
			blocks = append(blocks, fence(strings.TrimRight(code.Text, "\n")))
			continue
		}
		blocks = append(blocks, string(printer.Markdown(&comment.Doc{Content: []comment.Block{block}})))
	}
	return strings.Join(blocks, "\n")
}

func fence(code string) string {
	if code == "" {
		return ""
	}
	return "```go\n" + code + "\n```\n"
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
