package model_test

import (
	"go/types"
	"testing"

	"github.com/goconclint/goconclint/passes/internal/model"
)

func TestRunsCommand(t *testing.T) {
	for _, c := range []struct {
		pkg, name string
		want      bool
	}{
		{"github.com/spf13/cobra", "Command", true},
		{"github.com/urfave/cli/v3", "Context", true},
		{"gopkg.in/alecthomas/kingpin.v2", "Context", true},
		{"github.com/spf13/cobra", "Group", false},
		{"flag", "FlagSet", false},
		{"example.com/cobra", "Command", false},
		{"context", "Context", false},
	} {
		pkg := types.NewPackage(c.pkg, "p")
		named := types.NewNamed(types.NewTypeName(0, pkg, c.name, nil), types.NewStruct(nil, nil), nil)
		params := types.NewTuple(types.NewVar(0, pkg, "c", types.NewPointer(named)), types.NewVar(0, pkg, "args", types.NewSlice(types.Typ[types.String])))
		sig := types.NewSignatureType(nil, nil, nil, params, nil, false)
		if got := model.RunsCommand(sig); got != c.want {
			t.Errorf("RunsCommand of a function of *%s.%s = %t", c.pkg, c.name, got)
		}
	}
}
