module fixtures

go 1.26

require (
	github.com/gorilla/websocket v0.0.0
	github.com/stretchr/testify v0.0.0
	go.uber.org/atomic v0.0.0
	golang.org/x/sync v0.0.0
)

replace (
	github.com/gorilla/websocket => ./stubs/websocket
	github.com/stretchr/testify => ./stubs/testify
	go.uber.org/atomic => ./stubs/atomic
	golang.org/x/sync => ./stubs/sync
)
