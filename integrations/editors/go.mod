module github.com/goconclint/goconclint/integrations/editors

go 1.26.0
