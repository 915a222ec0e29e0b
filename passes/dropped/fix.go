package dropped

import (
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix looks at the error where the call stands.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	if l.Case == errflow.CaseUnasked {
		return nil // behind the loop, before what it found is used: where that is, only the author knows
	}
	return m.Take(l)
}
