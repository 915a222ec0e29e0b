package passes

import "github.com/errvet/errvet/passes/internal/report"

// A Category is what Diagnostic.Category of a finding tells: rule, case, tier, what its fix is good for, and by what it
// is silenced. It has a written form, see [ParseCategory].
type Category = report.Category

// A Tier says who wants to hear of a finding.
type Tier = report.Tier

// The tiers.
const (
	Default = report.Default
	Strict  = report.Strict
)

// A FixClass says what may be done with a finding's fix unseen.
type FixClass = report.FixClass

// The classes of fixes.
const (
	NoFix  = report.NoFix
	Safe   = report.Safe
	Review = report.Review
)

// DirectiveRule is the rule under which directives are reported, wrong ones and (with everything asked for) working
// ones.
const DirectiveRule = report.DirectiveRule

// ParseCategory reads the written form of a category.
func ParseCategory(s string) (Category, error) { return report.ParseCategory(s) }
