package model

import (
	"go/types"
	"strings"
)

// bringsText lists functions whose results are text from outside of the
// program: requests, the environment, files, the terminal.
var bringsText = map[string]bool{
	"(net/url.Values).Get":                             true,
	"(net/url.URL).Query":                              true,
	"(net/http.Header).Get":                            true,
	"(net/http.Header).Values":                         true,
	"(net/http.Request).FormValue":                     true,
	"(net/http.Request).PostFormValue":                 true,
	"(net/http.Request).PathValue":                     true,
	"(net/http.Request).UserAgent":                     true,
	"(net/http.Request).Referer":                       true,
	"(net/textproto.MIMEHeader).Get":                   true,
	"(github.com/gin-gonic/gin.Context).Param":         true,
	"(github.com/gin-gonic/gin.Context).Query":         true,
	"(github.com/gin-gonic/gin.Context).PostForm":      true,
	"(github.com/labstack/echo/v4.Context).Param":      true,
	"(github.com/labstack/echo/v4.Context).QueryParam": true,
	"(github.com/labstack/echo/v4.Context).FormValue":  true,
	"github.com/gorilla/mux.Vars":                      true,
	"github.com/go-chi/chi/v5.URLParam":                true,
	"os.Getenv":                                        true,
	"os.LookupEnv":                                     true,
	"os.ReadFile":                                      true,
	"io/fs.ReadFile":                                   true,
	"(os/exec.Cmd).Output":                             true,
	"(os/exec.Cmd).CombinedOutput":                     true,
	"io.ReadAll":                                       true,
	"(bufio.Scanner).Text":                             true,
	"(bufio.Scanner).Bytes":                            true,
	"(bufio.Reader).ReadString":                        true,
	"(bufio.Reader).ReadBytes":                         true,
	"(bufio.Reader).ReadLine":                          true,
	"flag.String":                                      true,
	"flag.Arg":                                         true,
	"flag.Args":                                        true,
	"(flag.FlagSet).String":                            true,
	"(flag.FlagSet).Arg":                               true,
	"(flag.FlagSet).Args":                              true,
	"(github.com/spf13/pflag.FlagSet).GetString":       true,
	"github.com/spf13/viper.GetString":                 true,
}

// BringsText reports whether fn's result is text from outside the program.
func BringsText(fn *types.Func) bool { return bringsText[Key(fn)] }

// BringsTextVar reports whether a package's variable holds such text.
func BringsTextVar(v *types.Var) bool {
	return v.Pkg() != nil && v.Pkg().Path() == "os" && v.Name() == "Args"
}

// textual lists packages whose functions put the text that they are given
// into their result, as it is or nearly.
var textual = map[string]bool{"strings": true, "bytes": true, "path": true, "path/filepath": true, "slices": true}

// HandsTextOn reports whether fn's result holds the text that it is given.
// Functions that quote or encode it, such as regexp.QuoteMeta, don't count.
func HandsTextOn(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return false
	}
	switch Key(fn) {
	case "fmt.Sprintf", "fmt.Sprint", "fmt.Sprintln":
		return true
	case "path/filepath.ToSlash", "path/filepath.FromSlash":
		return true
	}
	return textual[strings.TrimPrefix(fn.Pkg().Path(), "vendor/")]
}

// SplitsText reports whether fn cuts the text that it is given into a list.
func SplitsText(fn *types.Func) bool {
	switch Key(fn) {
	case "strings.Split", "strings.SplitN", "strings.SplitSeq", "strings.Fields", "strings.FieldsSeq", "strings.FieldsFunc", "bytes.Split", "bytes.Fields":
		return true
	}
	return false
}
