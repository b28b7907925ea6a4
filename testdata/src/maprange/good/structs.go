package good

type endpoint struct {
	host string
	port int
}

// A field of the key is settled: the second time it is the same.
func standard(open map[endpoint]bool) {
	for at := range open {
		open[endpoint{at.host, 80}] = true
	}
}

func anyHost(open map[endpoint]bool) {
	for at := range open {
		open[endpoint{port: at.port}] = true
	}
}
