package bad

type endpoint struct {
	host string
	port int
}

// A field of the key leads on.
func shifted(open map[endpoint]bool) {
	for at := range open {
		open[endpoint{at.host, at.port + 1}] = true // want `open gets a new key while line \d+ ranges over it: whether an iteration sees it, and adds another, is left open`
	}
}

func renamed(hits map[endpoint]int) {
	for at, n := range hits {
		hits[endpoint{host: "www." + at.host, port: at.port}] = n // want `hits gets a new key`
	}
}
