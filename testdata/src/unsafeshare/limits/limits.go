// Package limits shows what unsafeshare doesn't see, and sees wrongly.
package limits

import (
	"bytes"
	"io"
	"math/rand"
)

// A Sampler may be used by one goroutine or by many.
type Sampler struct{ random *rand.Rand }

// FN_Field: nothing in the package says that objects of the type are shared.
func (s *Sampler) FN_Field() bool { return s.random.Intn(2) == 0 }

// FN_Interface: the writer's type is hidden by an interface in between.
func FN_Interface() string {
	var out bytes.Buffer
	go say(&out, "a")
	say(&out, "b")
	return out.String()
}

func say(w io.Writer, text string) { w.Write([]byte(text)) }

var random = rand.New(rand.NewSource(1)) // want `random is used by whoever calls FP_OneCaller, and a rand.Rand isn't safe`

// FP_OneCaller: the documentation elsewhere asks for one caller at a time.
func FP_OneCaller() int {
	return random.Int()
}
