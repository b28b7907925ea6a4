package archive

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"net/http"
)

// Stream writes into a pipe: when that fails, nobody reads any more.
func Stream(hdr *tar.Header, content io.Reader) io.Reader {
	r, w := io.Pipe()
	go func() {
		w.CloseWithError(func() error {
			tw := tar.NewWriter(w)
			defer tw.Close()
			if err := tw.WriteHeader(hdr); err != nil {
				return err
			}
			_, err := io.Copy(tw, content)
			return err
		}())
	}()
	return r
}

// Send writes to a client, whom nothing more can be told.
func Send(w http.ResponseWriter, content io.Reader) error {
	zw := gzip.NewWriter(w)
	defer zw.Close()
	w.Header().Set("Content-Encoding", "gzip")
	_, err := io.Copy(zw, content)
	return err
}
