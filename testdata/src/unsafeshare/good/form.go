package good

import (
	"io"
	"mime/multipart"
	"net/http"
)

// Move sends a form while it is written. What type it has was known before.
func Move(target string, parts map[string]string) error {
	pr, pw := io.Pipe()
	form := multipart.NewWriter(pw)
	go write(pw, form, parts)
	req, err := http.NewRequest(http.MethodPost, target, pr)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func write(pw *io.PipeWriter, form *multipart.Writer, parts map[string]string) {
	var err error
	for name, value := range parts {
		if err = form.WriteField(name, value); err != nil {
			break
		}
	}
	if err == nil {
		err = form.Close()
	}
	_ = pw.CloseWithError(err)
}
