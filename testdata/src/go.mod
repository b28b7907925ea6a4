module fixtures

go 1.26

require (
	github.com/gorilla/websocket v0.0.0
	golang.org/x/sync v0.0.0
)

replace (
	github.com/gorilla/websocket => ./stubs/websocket
	golang.org/x/sync => ./stubs/sync
)
