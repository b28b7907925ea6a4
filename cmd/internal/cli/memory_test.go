package cli

import "testing"

func TestSize(t *testing.T) {
	for text, want := range map[string]size{
		"0": 0, "1": 1, "512": 512, "3k": 3 << 10, "512M": 512 << 20, "2G": 2 << 30, "2GB": 2 << 30, "2GiB": 2 << 30, "1T": 1 << 40, "7B": 7,
	} {
		var got size
		if err := got.Set(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "M", "-1", "1.5G", "2X", "2GG", "2BG", "99999999T"} {
		if err := new(size).Set(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
