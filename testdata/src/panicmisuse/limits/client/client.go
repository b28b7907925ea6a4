// Package client has helpers that panic on behalf of functions that return
// errors: reported below the confidence that is shown.
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

// FN_New relies on helpers that panic on what a file holds and on its argument.
func FN_New(base string) (*Client, error) {
	token, err := os.ReadFile("/run/token")
	check(err)
	return &Client{base: parseOrDie(base), timeout: timeoutOf(string(token))}, nil
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func parseOrDie(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(fmt.Sprintf("bad url %q: %v", s, err))
	}
	return u
}

func timeoutOf(header string) time.Duration {
	if header == "" {
		return time.Second
	}
	n, err := strconv.Atoi(header)
	if err != nil {
		panic("bad timeout: " + err.Error())
	}
	return time.Duration(n) * time.Second
}

// FN_Digest relies on a helper that panics on what the service sends.
func (c *Client) FN_Digest(id string) ([]byte, error) {
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
		panic(err)
	}
	return sum
}
