package sequence

import "strings"

// blocked stands before the action of a step that doesn't end.
const blocked = "blocked: "

// words says what a step does. %s in the table stands for the object.
func (s *Sequence) words(step Step) string {
	action, waits := strings.CutPrefix(step.Action, blocked)
	phrase, ok := does(action)
	if waits {
		phrase, ok = waitsTo(action)
	}
	object := step.Object
	switch {
	case step.Action == "go" && step.Target >= 0:
		phrase, object = "starts %s", s.Goroutines[step.Target].Name
	case !ok:
		phrase = step.Action + " %s"
	}
	text := strings.TrimSpace(strings.ReplaceAll(phrase, "%s", object))
	if step.Target >= 0 && step.Action != "go" {
		text += with(action) + s.Goroutines[step.Target].Name
	}
	if len(step.Locks) > 0 {
		text += ", holding " + strings.Join(step.Locks, " and ")
	}
	return text
}

// does words what is done, waitsTo what a goroutine never gets done. Actions
// are those of package explore.
func does(action string) (phrase string, ok bool) {
	switch action {
	case "go":
		return "starts a goroutine", true
	case "call":
		return "calls %s", true
	case "serve a request":
		return "serves a request", true
	case "lock", "unlock", "read-lock", "read-unlock", "signal":
		return action + "s %s", true
	case "send":
		return "sends on %s", true
	case "receive":
		return "receives from %s", true
	case "range over":
		return "ranges over %s", true
	case "close":
		return "closes %s", true
	case "double close":
		return "closes %s again", true
	case "close of nil":
		return "closes %s, which is nil", true
	case "send on closed":
		return "sends on %s, which is closed", true
	case "negative waitgroup":
		return "takes more from %s than was added", true
	case "add":
		return "adds to %s", true
	case "done":
		return "is done with %s", true
	case "wait":
		return "waits for %s", true
	case "read", "write":
		return action + "s %s", true
	case "atomic read", "atomic write":
		return strings.TrimPrefix(action, "atomic ") + "s %s atomically", true
	case "take the default":
		return "takes the default", true
	}
	return "", false
}

func waitsTo(action string) (phrase string, ok bool) {
	switch action {
	case "lock", "read-lock":
		return "waits to " + action + " %s", true
	case "send":
		return "waits to send on %s", true
	case "receive":
		return "waits to receive from %s", true
	case "range over":
		return "waits for more from %s", true
	case "wait":
		return "waits for %s", true
	case "select":
		return "waits in select %s", true
	}
	return "waits: " + action + " %s", true
}

// with is the word between an action and the goroutine that it meets.
func with(action string) string {
	switch action {
	case "send":
		return " to "
	case "receive", "range over":
		return ", sent by "
	}
	return ", with "
}
