package fix

import (
	"fmt"
	"log"
	"net"
	"sync"
)

func lookup(hosts []string) {
	var wg sync.WaitGroup
	var host string // set by the loop
	for _, host = range hosts {
		wg.Go(func() {
			log.Println(net.LookupHost(host)) // want `host is shared`
		})
	}
	wg.Wait()
}

func count(n int) {
	var i int
	for i = 0; i < n; i++ {
		defer func() {
			log.Println(i) // want `i is shared`
		}()
	}
}

func lastOf(hosts []string) string {
	var host string
	for _, host = range hosts {
		go func() {
			log.Println(net.LookupHost(host)) // want `host is shared`
		}()
	}
	return host
}

func labels(ids []int) (out []func()) {
	var label string
	for _, id := range ids {
		label = fmt.Sprint("id ", id)
		out = append(out, func() { log.Println(label) }) // want `label is shared`
	}
	return out
}
