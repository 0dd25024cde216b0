// Golangci is golangci-lint with concvet in it, built from the module proxy
// alone: golangci-lint's own command for this, custom, clones a repository.
//
//	cd cmd/gclplugin/golangci && go build -o golangci-lint . && ./golangci-lint run
package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/concvet/concvet/cmd/gclplugin" // registers the linter
)

func main() {
	// With this version golangci-lint makes a hash of the program part of the
	// key of its cache. With any other it would replay what an older concvet
	// found.
	info := commands.BuildInfo{Version: "(devel)", GoVersion: runtime.Version(), Commit: "concvet", Date: "unknown"}
	if err := commands.Execute(info); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
