package dropped

import (
	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/mend"
	"github.com/errvet/errvet/passes/internal/report"
)

// fix looks at the error where the call stands.
func fix(m *mend.Mender, l *errflow.Loss) *report.Fix { return m.Take(l) }
