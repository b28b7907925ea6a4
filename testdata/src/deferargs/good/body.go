package good

import (
	"bytes"
	"io"
	"net/http"
)

// The new body reads from memory: there is nothing to close.
func dumped(resp *http.Response) ([]byte, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return body, nil
}
