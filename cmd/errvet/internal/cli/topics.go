package cli

import "strings"

// topics are pages of help that are not about a rule.
var topics = map[string]string{
	"settings": `Settings

errvet reads .errvet.yaml at the root of the module (or workspace) that it checks; -config FILE names another file,
-config none reads none. Flags win. A key that means nothing is an error.

    strict: true            # also the strict tier
    tests: true             # also in test files
    rules:                  # rules or groups that are off; a rule that is named itself does not follow its group
      panics: false
      recoverall: true
    known:                  # what errvet cannot see of functions, one fact an entry
      - infallible (*example.com/buf.Buffer).Write
    fixes: std              # what the text of fixes may use: auto, std or fault
    flags:                  # settings of single rules, as errvet explain RULE lists them
      RULE.FLAG: value
    paths:                  # the last entry that matches a file wins
      - path: internal/gen/...
        exclude: true
      - path: pkg/api       # this directory alone
        strict: true
    baseline: errvet.baseline

The plugin for golangci-lint takes the same keys, but for paths and baseline, which it has ways of its own for. Only known,
fixes and flags make the go command analyse anew; everything else selects from what it keeps.
`,
	"json": `The output of -json

One object that maps import path to rule to findings, as go vet -json prints it; a rule that failed has {"error": "..."}
in the place of its findings. Packages without either are left out. Without findings the object is empty.

    posn, end           file:line:column; files by absolute path, columns in bytes from 1
    message             what is wrong, without the rule's name
    category            rule/case[/strict][/safe|/review][/silenced:how[:line]]
    url                 page of the rule
    related             the way of the error in order: posn, end, message of each step
    suggested_fixes     at most one: message, and edits with filename, start, end (offsets in bytes) and new

and, beyond go vet -json, the category taken apart:

    rule, case
    tier                default or strict
    fix_class           none, safe (same behaviour unless the error that is lost occurs) or review
    silenced            only with -show-silenced: by (comment, ignore, nolint, ...) and, if there is one, line

The order is that of files and positions. Exit codes are those of every format: 0 nothing found, 1 findings, 2 something
could not be checked.
`,
}

// topic returns a page of help.
func topic(name string) (string, bool) {
	text, ok := topics[strings.ToLower(name)]
	return text, ok
}
