package directive

import "testing"

func TestDidYouMean(t *testing.T) {
	known := []string{"deferargs", "deferloop", "mapguard", "maporder", "neverclosed", "races"}
	for name, want := range map[string]string{
		"mapgaurd":    "mapguard",
		"map_guard":   "mapguard",
		"deferlop":    "deferloop",
		"deferarg":    "deferargs",
		"neverclose":  "neverclosed",
		"never-close": "neverclosed",
		"MapOrder":    "maporder",
		"race":        "races",
		"errcheck":    "",
		"printf":      "",
		"xyz":         "",
		"de":          "",
		"":            "",
	} {
		if want != "" {
			want = " (did you mean " + want + "?)"
		}
		if got := DidYouMean(name, known); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
