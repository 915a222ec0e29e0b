package report

import (
	"fmt"
	"strconv"
	"strings"
)

// A Tier says who wants to hear of a finding.
type Tier uint8

// The tiers: what a reviewer would block a change for, and what some teams want.
const (
	Default Tier = iota
	Strict
)

func (t Tier) String() string {
	if t == Strict {
		return "strict"
	}
	return "default"
}

// A FixClass says what may be done with a finding's fix unseen.
type FixClass uint8

const (
	NoFix  FixClass = iota
	Safe            // same behaviour unless an error that was lost occurs
	Review          // anything else: a person has to look
)

func (c FixClass) String() string {
	return [...]string{NoFix: "none", Safe: "safe", Review: "review"}[c]
}

// The ways in which a finding is silenced, as they stand in a [Silence].
const (
	ByComment    = "comment"     // a comment that gives a reason
	ByBestEffort = "best-effort" // a callee or function that says so in its name
	ByMust       = "must"        // a function named Must…
	ByIgnore     = "ignore"      // //errvet:ignore RULE reason
	ByNolint     = "nolint"      // //nolint
	ByLintIgnore = "lint-ignore" // //lint:ignore CHECKS reason, //lint:file-ignore
	ByNosec      = "nosec"       // #nosec
)

// A Silence says by what a finding is silenced; its zero value, by nothing.
type Silence struct {
	How  string
	Line int // of the comment or directive, in the finding's file; 0 if a name silences
}

// DirectiveRule is the Rule of the categories under which [Analyzer] itself
// reports: cases "unknown-name", "unknown-rule" and "no-reason" are findings;
// "ignore" stands for a working directive and appears only with -all, so that
// a front end can tell the unused ones: those whose file and line no silenced
// finding names.
const DirectiveRule = "directive"

// A Category is what Diagnostic.Category tells of a finding besides its text.
//
// Its written form is
//
//	rule/case[/strict][/safe|/review][/silenced:how[:line]]
//
// in which absent parts mean: default tier, no fix, not silenced. It is short
// because editors show it as the code of the diagnostic.
type Category struct {
	Rule, Case string
	Tier       Tier
	Fix        FixClass
	Silence    Silence
}

// String returns the written form of c.
func (c Category) String() string {
	s := c.Rule + "/" + c.Case
	if c.Tier != Default {
		s += "/" + c.Tier.String()
	}
	if c.Fix != NoFix {
		s += "/" + c.Fix.String()
	}
	if c.Silence.How != "" {
		s += "/silenced:" + c.Silence.How
		if c.Silence.Line > 0 {
			s += ":" + strconv.Itoa(c.Silence.Line)
		}
	}
	return s
}

// ParseCategory is the inverse of [Category.String].
func ParseCategory(s string) (Category, error) {
	parts := strings.Split(s, "/")
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return Category{}, fmt.Errorf("category %q: want rule/case", s)
	}
	c := Category{Rule: parts[0], Case: parts[1]}
	for _, part := range parts[2:] {
		switch kind, rest, _ := strings.Cut(part, ":"); kind {
		case "strict":
			c.Tier = Strict
		case "safe":
			c.Fix = Safe
		case "review":
			c.Fix = Review
		case "silenced":
			how, line, hasLine := strings.Cut(rest, ":")
			c.Silence.How = how
			if hasLine {
				n, err := strconv.Atoi(line)
				if err != nil {
					return Category{}, fmt.Errorf("category %q: line of the directive: %w", s, err)
				}
				c.Silence.Line = n
			}
		}
	}
	if got := c.String(); got != s {
		return Category{}, fmt.Errorf("category %q: unknown or misplaced part (understood as %q)", s, got)
	}
	return c, nil
}
