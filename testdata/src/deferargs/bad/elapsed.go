package bad

import (
	"database/sql"
	"fmt"
	"log"
	"log/slog"
	"time"
)

type histogram interface{ Observe(seconds float64) }

type timings struct {
	query, total histogram
	sink         func(name string, took time.Duration)
}

func (t *timings) add(name string, took time.Duration) { t.sink(name, took) }

type rate struct{ perSecond float64 }

func (r rate) show(took float64) { fmt.Println(r.perSecond, took) }

// Each of these is reported by go vet's defers, too.
func query(db *sql.DB, t *timings, statement string) error {
	start := time.Now()
	defer t.query.Observe(time.Since(start).Seconds())                          // want `time.Since\(start\) is evaluated at the defer statement: t.query.Observe gets the time until here, not until the return`
	defer t.add("query", time.Since(start))                                     // want `time.Since\(start\) is evaluated`
	defer log.Printf("%s took %v", statement, time.Since(start))                // want `time.Since\(start\) is evaluated`
	defer slog.Info("query", "took", time.Since(start).Round(time.Millisecond)) // want `time.Since\(start\) is evaluated`
	defer fmt.Println(time.Since(time.Now()))                                   // want `time.Since\(time.Now\(\)\) is evaluated`
	defer rate{2}.show(time.Since(start).Seconds())                             // want `time.Since\(start\) is evaluated`
	defer (&timings{}).add("query", time.Since(start))                          // want `time.Since\(start\) is evaluated`
	defer func(took time.Duration) { t.sink("query", took) }(time.Since(start)) // want `the function literal gets the time until here`
	defer time.Since(start)                                                     // want `the result of time.Since\(start\) is dropped`
	_, err := db.Exec(statement)
	return err
}

func millis(since time.Time) int64 { return time.Since(since).Milliseconds() }

// And these are not.
func queryAgain(db *sql.DB, t *timings, statement string) error {
	start := time.Now()
	elapsed := func() time.Duration { return time.Since(start) }
	defer log.Println(statement, "took", millis(start), "ms")                              // want `millis\(start\) is evaluated at the defer statement: log.Println gets the time until here`
	defer t.total.Observe(elapsed().Seconds())                                             // want `elapsed\(\) is evaluated`
	defer t.add("query", time.Now().Sub(start))                                            // want `time.Now\(\).Sub\(start\) is evaluated`
	defer t.add("query", func() time.Duration { return time.Since(start).Truncate(10) }()) // want `is evaluated at the defer statement`
	_, err := db.Exec(statement)
	return err
}
