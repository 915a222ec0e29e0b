// Package passes holds the errvet suite: the table of its rules, and the
// analyzers a driver runs.
//
// Each rule is a package of its own below this one and works in any driver of
// golang.org/x/tools/go/analysis.
package passes

import (
	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/abruptexit"
	"github.com/errvet/errvet/passes/detached"
	"github.com/errvet/errvet/passes/dropped"
	"github.com/errvet/errvet/passes/earlyuse"
	"github.com/errvet/errvet/passes/errmatch"
	"github.com/errvet/errvet/passes/internal/known"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/lostcause"
	"github.com/errvet/errvet/passes/lostclose"
	"github.com/errvet/errvet/passes/nilonfail"
	"github.com/errvet/errvet/passes/overwritten"
	"github.com/errvet/errvet/passes/recoverall"
	"github.com/errvet/errvet/passes/retryloop"
	"github.com/errvet/errvet/passes/swallowed"
	"github.com/errvet/errvet/passes/typednil"
	"github.com/errvet/errvet/passes/unlogged"
	"github.com/errvet/errvet/passes/wrongerr"
)

//go:generate go run ./internal/gen

// A Rule is one row of the table.
type Rule struct {
	Analyzer *analysis.Analyzer
	// Group is what its rules are switched by together.
	Group Group
	// Tier is where the rule's findings begin: one of the strict tier has
	// nothing to say to those who did not ask for more.
	Tier Tier
	// Because says why the rule is where it is, in one sentence for those who
	// think of switching it off or on.
	Because string
	// Covers are the names of other linters, and of their checks, that look for
	// the same: a //nolint, //lint:ignore or #nosec with that name speaks of
	// this rule too. Only names that speak of little else belong here: staticcheck
	// or revive as a whole do not.
	Covers []string
}

// Name returns the rule's name, which is also that of its directory.
func (r Rule) Name() string { return r.Analyzer.Name }

// Rules is the table, in the order in which readers of a report want the
// findings explained: losses first, then answers that mislead.
//
// Not here, because x/tools keeps them well: scannererr, sqlrowserr,
// errorsas, httpresponse, lostcancel, nilness: run these beside ours.
var Rules = []Rule{
	{
		Analyzer: dropped.Analyzer,
		Group:    Losses,
		Because:  "a call that fails without anyone noticing leaves data unwritten and work undone",
		Covers:   []string{"errcheck", "gosec"},
	},
	{
		Analyzer: lostclose.Analyzer,
		Group:    Losses,
		Because:  "a Close whose error nobody takes reports success for data that never reached the disk",
		Covers:   []string{"errcheck", "gosec"},
	},
	{
		Analyzer: swallowed.Analyzer,
		Group:    Losses,
		Because:  "whoever tests an error and then goes on as if it were nil tells the caller that all is well",
		Covers:   []string{"nilerr", "SA9003"},
	},
	{
		Analyzer: nilonfail.Analyzer,
		Group:    Losses,
		Because:  "a nil that stands for failure is used as a result sooner or later, far from its cause",
		Covers:   []string{"nilnil", "nilerr"},
	},
	{
		Analyzer: overwritten.Analyzer,
		Group:    Losses,
		Because:  "an error replaced before anyone looked at it is lost, although the code seems to keep it",
		Covers:   []string{"ineffassign", "wastedassign", "SA4006", "SA4009"},
	},
	{
		Analyzer: detached.Analyzer,
		Group:    Losses,
		Because:  "nobody stands above a goroutine: what it does not tell is never known",
		Covers:   []string{"errcheck"},
	},
	{
		// By default where nobody learns of the panic, or of what it was. A panic
		// that becomes an error or another answer is told, if badly: of 25 such
		// findings on seven large trees three would be repaired, so these are
		// strict, but for errors in packages that elsewhere let bugs pass.
		Analyzer: recoverall.Analyzer,
		Group:    Panics,
		Because:  "a recover that takes every panic hides bugs of the program among the failures it expects",
	},
	{
		Analyzer: earlyuse.Analyzer,
		Group:    Answers,
		Because:  "a result that is nil when its call fails takes the program down just when it should say why",
		Covers:   []string{"SA5001", "SA5011"},
	},
	{
		Analyzer: wrongerr.Analyzer,
		Group:    Answers,
		Because:  "a failure that is found and then told as another error, or as none, sends whoever looks for the cause the wrong way",
		Covers:   []string{"nilnesserr"},
	},
	{
		Analyzer: typednil.Analyzer,
		Group:    Answers,
		Because:  "an error that is never nil makes every success a failure",
		Covers:   []string{"SA4023"},
	},
	{
		Analyzer: errmatch.Analyzer,
		Group:    Answers,
		Because:  "a comparison that does not look into the chain holds until somebody adds context to the error, and then takes another way in silence",
		Covers:   []string{"errorlint"},
	},
	{
		// By default only where the function could have returned the error and
		// nothing says that it meant not to: fail-stops behind a point of no
		// return, functions that exit anyway and panics over what stands in the
		// source were 16 of 26 findings on seven large trees, and are strict, as
		// are panics, of which 6 of 14 would have been returned instead. Reviewers
		// block an exit in a library, and it is how real services went down.
		Analyzer: abruptexit.Analyzer,
		Group:    Panics,
		Because:  "what was about to be written is lost where the program ends before the deferred call that would have done it",
	},
	{
		Analyzer: unlogged.Analyzer,
		Group:    Losses,
		Because:  "a failure that leaves no trace, or one without the error, is found out by customers, and takes a night to explain",
	},
	{
		Analyzer: lostcause.Analyzer,
		Group:    Losses,
		Because:  "an error without its cause says that something failed and hides what, from whoever reads it and from errors.Is",
		Covers:   []string{"errorlint"},
	},
	{
		// Strict, because whether a loop may go on for long is for those to say who
		// know what waits for it: of eight findings on nine large trees not one was
		// a mistake beyond doubt.
		Analyzer: retryloop.Analyzer,
		Tier:     Strict,
		Group:    Calls,
		Because:  "a retry without end, wait or way out makes an outage of a short trouble, and one that forgets its error hides why",
	},
}

// Analyzers returns what a driver lists: the rules, and before them the two
// analyzers that hold the settings they share. These need not be listed to run,
// but drivers offer the flags of listed analyzers only.
func Analyzers() []*analysis.Analyzer {
	list := []*analysis.Analyzer{report.Analyzer, known.Analyzer}
	for _, rule := range Rules {
		list = append(list, rule.Analyzer)
	}
	return list
}
