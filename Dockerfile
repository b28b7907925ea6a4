# goconclint with the Go toolchain that it needs to load packages:
#
#   docker build -t goconclint .
#   docker run --rm -v "$PWD:/src" -w /src goconclint ./...
#
# Mount /cache to keep modules, the build cache and results between runs.
FROM golang:1.26 AS build
WORKDIR /goconclint
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY passes passes
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/goconclint ./cmd/goconclint

FROM golang:1.26
ENV GOTOOLCHAIN=auto \
    GOCACHE=/cache/build \
    GOMODCACHE=/cache/mod \
    GOCONCLINT_CACHE=/cache/goconclint
# A mounted repository has another owner, which git doesn't like.
RUN git config --system --add safe.directory '*' \
    && mkdir -p /cache \
    && chmod 1777 /cache
COPY --from=build /usr/local/bin/goconclint /usr/local/bin/goconclint
VOLUME /cache
WORKDIR /src
ENTRYPOINT ["goconclint"]
