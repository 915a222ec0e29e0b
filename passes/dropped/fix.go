package dropped

import (
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix looks at the error where the call stands. There is none for a loop that nobody asks, which no call stands for: where
// behind it the question belongs, only the author knows. So it is with which of two failures is to be told.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix {
	if l.Case == errflow.CaseAlternative {
		return nil
	}
	return m.Take(l)
}
