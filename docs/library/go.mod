module example.com/ourchecks

go 1.26.0

require (
	github.com/goconclint/goconclint v0.1.0
	golang.org/x/tools v0.52.0
)

require (
	github.com/google/pprof v0.0.0-20260906184651-6331bc6350fe // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
)

// Only here, where the example stands in goconclint's repository.
replace github.com/goconclint/goconclint => ../..
