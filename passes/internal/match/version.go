package match

import (
	"cmp"
	"go/token"
	"go/version"

	"golang.org/x/tools/go/analysis"
)

// FileVersion returns the language version of the file that holds pos, as
// "go1.21": its module's, unless a build constraint of the file says
// otherwise. It is "" when nobody knows.
func FileVersion(pass *analysis.Pass, pos token.Pos) string {
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos <= file.FileEnd {
			return version.Lang(cmp.Or(pass.TypesInfo.FileVersions[file], pass.Pkg.GoVersion()))
		}
	}
	return ""
}

// VersionBefore reports whether the file that holds pos is known to be
// written in an older language than the given one, as "go1.22".
func VersionBefore(pass *analysis.Pass, pos token.Pos, lang string) bool {
	v := FileVersion(pass, pos)
	return v != "" && version.Compare(v, lang) < 0
}
