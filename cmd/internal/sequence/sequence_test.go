package sequence

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

const pool = `package pool

func (p *Pool) Start() {
	go p.worker()
	wg.Go(func() {
		p.mu.Lock()
	})
	group.Go(p.drain)
	for range 2 {
		go func() { p.n++ }()
	}
}
`

func of(t *testing.T, steps ...string) Sequence {
	t.Helper()
	name := filepath.Join(t.TempDir(), "pool.go")
	if err := os.WriteFile(name, []byte(pool), 0o666); err != nil {
		t.Fatal(err)
	}
	var f finding.Finding
	for _, step := range steps {
		var line int
		var text string
		if _, err := fmt.Sscanf(step, "%d", &line); err != nil {
			t.Fatal(err)
		}
		_, text, _ = strings.Cut(step, " ")
		column := 1
		if code := strings.Split(pool, "\n")[line-1]; strings.TrimSpace(code) != "" {
			column += len(code) - len(strings.TrimLeft(code, "\t"))
		}
		at := finding.Position{File: name, Line: line, Column: column}
		f.Related = append(f.Related, finding.Related{Range: finding.Range{Start: at}, Message: text})
	}
	return Of(f, new(source.Files))
}

func TestWords(t *testing.T) {
	s := of(t,
		"4 g0: go -> g1", "5 g0: go -> g2", "8 g0: go -> g3",
		"6 g2: lock `p.mu`",
		"4 g1: send `p.out` -> g2",
		"6 g1: blocked: lock `p.mu` (holds p.queue.mu, p.log.mu)",
		"6 g2: blocked: select",
		"6 g3: juggle `p.balls`",
	)
	var told []string
	for _, step := range s.Steps {
		told = append(told, fmt.Sprintf("%s|%v|%v", step.Sentence(), step.Waits, step.Last))
	}
	want := []string{
		"Pool.Start starts p.worker|false|false",
		"Pool.Start starts func:5|false|false",
		"Pool.Start starts p.drain|false|false",
		"func:5 locks p.mu|false|false",
		"p.worker sends on p.out to func:5|false|false",
		"p.worker waits to lock p.mu, holding p.queue.mu and p.log.mu|true|true",
		"func:5 waits in select|true|true",
		"p.drain juggle p.balls|false|true",
	}
	if got := strings.Join(told, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("told:\n%s", got)
	}
}

func TestRace(t *testing.T) {
	s := of(t, "10 g0: go -> g1", "10 g0: go -> g2", "10 g1: write `p.n`", "10 g2: read `p.n`")
	if s.Steps[1].Last || !s.Steps[2].Last || !s.Steps[3].Last {
		t.Errorf("both accesses of a race are to blame, and nothing else: %+v", s.Steps)
	}
	if got := s.Goroutines[2].Name; got != "func:10 #2" {
		t.Errorf("the second goroutine of a loop is %q", got)
	}
}

func TestOther(t *testing.T) {
	if s := of(t, "4 goroutine started here", "10 g1: write `p.n`"); len(s.Steps) > 0 {
		t.Errorf("%+v is no schedule", s)
	}
}

func TestHolds(t *testing.T) {
	s := of(t, "4 g0: go -> g1", "6 g0: lock `p.mu`", "6 g0: unlock `p.mu`", "6 g0: read-lock `p.mu`",
		"6 g1: blocked: lock `p.mu` (holds q.mu)", "6 g0: blocked: lock `q.mu` (holds p.mu)")
	want := []Hold{{"p.mu", 0, 1, 2}, {"p.mu", 0, 3, 5}, {"q.mu", 1, 4, 4}}
	if got := s.Holds(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("held are %v, want %v", got, want)
	}
}
