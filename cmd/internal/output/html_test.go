package output

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// TestHTML reads the data out of the page. What the script draws from it is
// tested in a browser: integrations/browser.
func TestHTML(t *testing.T) {
	base, report := example(t)
	report.Findings = append(report.Findings, finding.Finding{Check: "odd", Message: `</script><script>alert("&")</script>`})
	var out bytes.Buffer
	if err := HTML(&out, base, report); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	if n := strings.Count(page, "</script>"); n != 2 {
		t.Errorf("the page has %d scripts, want 2: findings must not add any", n)
	}
	if found := regexp.MustCompile(`(?i)(\bsrc=|@import|url\(\s*["']?https?:|fetch\(|XMLHttpRequest)`).FindString(page); found != "" {
		t.Errorf("the page loads something: %s", found)
	}
	_, rest, _ := strings.Cut(page, `id="data">`)
	text, _, _ := strings.Cut(rest, "</script>")
	var data pageData
	if err := json.Unmarshal([]byte(text), &data); err != nil {
		t.Fatal(err)
	}
	if len(data.Findings) != len(report.Findings) || len(data.Problems) != len(report.Problems) {
		t.Errorf("%d findings and %d problems are in the page", len(data.Findings), len(data.Problems))
	}
	race := data.Findings[2]
	if len(race.Goroutines) != 2 || len(race.Notes) != 3 || !race.Notes[2].Last || race.Notes[0].Target != 1 {
		t.Errorf("the schedule is %+v", race)
	}
	if data.Files["cache.go"]["11"] != "\tc.items[k] = v" {
		t.Errorf("source in the page: %v", data.Files["cache.go"])
	}
	if data.Findings[4].Message != report.Findings[4].Message {
		t.Errorf("odd message is %q", data.Findings[4].Message)
	}
}
