package explore

import "testing"

// TestClients explores the clients that are made up for the types of
// testdata/clients, and its handlers.
func TestClients(t *testing.T) {
	src := loadDir(t, "testdata/clients", func(string) bool { return true })
	entries := Clients(src.pkg, src.funcs)
	if len(entries) < 10 {
		t.Errorf("%d clients", len(entries))
	}
	compare(t, src, Explore(src.pkg, entries, Default))
}
