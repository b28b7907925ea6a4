// Package fix holds exits that a fix mends.
package fix

import (
	"encoding/json"
	"log"
	"os"
)

type config struct{ Name string }

func load(path string) (config, error) {
	var c config
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err) // want `log.Fatal in load`
	}
	if err := json.Unmarshal(data, &c); err != nil {
		// what the file says is wrong
		log.Fatalf("%s: %v", path, err) // want `log.Fatalf in load`
	}
	log.Println("loaded", path)
	return c, nil
}
