// Package client speaks to a service; its helpers panic on behalf of
// functions that return errors.
package client

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"
)

type Client struct {
	base    *url.URL
	timeout time.Duration
}

func New(base string) (*Client, error) {
	token, err := os.ReadFile("/run/token")
	check(err)
	return &Client{base: parseOrDie(base), timeout: timeoutOf(string(token))}, nil
}

func check(err error) {
	if err != nil {
		panic(err) // want `panic\(err\) in check, called by New, which returns error: it crashes when there is an error`
	}
}

func parseOrDie(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(fmt.Sprintf("bad url %q: %v", s, err)) // want `panic in parseOrDie, called by New, which returns error: it crashes when url.Parse fails`
	}
	return u
}

func timeoutOf(header string) time.Duration {
	if header == "" {
		return time.Second
	}
	n, err := strconv.Atoi(header)
	if err != nil {
		panic("bad timeout: " + err.Error()) // want `panic in timeoutOf, called by New, which returns error: it crashes when strconv.Atoi fails`
	}
	return time.Duration(n) * time.Second
}

// Digest returns the digest that the service sends.
func (c *Client) Digest(id string) ([]byte, error) {
	resp, err := http.Get(c.base.JoinPath(id).String())
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return digest(resp), nil
}

func digest(resp *http.Response) []byte {
	sum, err := hex.DecodeString(resp.Header.Get("Digest"))
	if err != nil {
		panic(err) // want `panic\(err\) in digest, called by Digest, which returns error: it crashes when hex.DecodeString fails`
	}
	return sum
}
