// Command sarif checks that files are SARIF logs, against the schema that OASIS
// has published. It takes the schema from a module that carries a copy, so that
// this one needs none.
//
//	go -C testdata/sarif run . FILE...
//
// It is a module of its own, to keep what it needs away from the linter.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// carrier is the package that has the schema, as a constant that it keeps to
// itself.
const carrier = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

func main() {
	log.SetFlags(0)
	log.SetPrefix("sarif: ")
	schema, err := compile()
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range os.Args[1:] {
		n, err := check(schema, name)
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
		fmt.Printf("%s: valid, %d results\n", name, n)
	}
}

// compile reads the schema out of the source of the carrier.
func compile() (*jsonschema.Schema, error) {
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", carrier).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		return nil, err
	}
	text := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && len(lit.Value) > len(text) {
			text, _ = strconv.Unquote(lit.Value)
		}
		return true
	})
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("sarif.json")
}

// check returns the number of results in a valid file.
func check(schema *jsonschema.Schema, name string) (int, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		return 0, err
	}
	if err := schema.Validate(doc); err != nil {
		return 0, err
	}
	var sarif struct {
		Runs []struct{ Results []json.RawMessage }
	}
	if err := json.Unmarshal(text, &sarif); err != nil || len(sarif.Runs) != 1 {
		return 0, fmt.Errorf("%d runs, want 1 (%v)", len(sarif.Runs), err)
	}
	return len(sarif.Runs[0].Results), nil
}
