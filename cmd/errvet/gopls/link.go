// Package gopls puts errvet into gopls.
//
// It is linked by the program that "errvet gopls" builds, and by nothing else: a gopls whose table of analyzers
// [Link] adds errvet's rules to. Users switch a rule in the editor as any of gopls' own, by its name in the setting
// "analyses". All other settings come from .errvet.yaml: gopls has no place for them, and remembers findings under the
// names of analyzers and the content of files, so the settings are read once, when it starts, and become part of a
// name.
package gopls

import (
	"fmt"
	"os"
)

// Link adds errvet's analyzers to gopls' table of them, which it is given a pointer to. It is to be called before main
// begins. Its error says that this gopls has another kind of table; wrong settings are no error, but a finding.
func Link(table any) error {
	dir, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("errvet: finding the workspace: %w", err)
	}
	found := find(dir, os.Getenv(Env))
	if found.err != nil {
		fmt.Fprintf(os.Stderr, "errvet runs with its defaults: %v\n", found.err) // editors show it in gopls' log
	}
	entries, err := analyzers(found)
	if err != nil {
		return err
	}
	if err := add(table, entries); err != nil {
		return fmt.Errorf("errvet does not know how to join this gopls: %w; errvet gopls -gopls VERSION builds an older one", err)
	}
	return nil
}
