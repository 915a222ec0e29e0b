module errvet.test/testdata

go 1.26.0

require (
	example.org/elsewhere v0.0.0
	github.com/alecthomas/kingpin/v2 v2.0.0
	github.com/avast/retry-go v0.0.0
	github.com/avast/retry-go/v4 v4.0.0
	github.com/avast/retry-go/v5 v5.0.0
	github.com/cenkalti/backoff/v4 v4.0.0
	github.com/cenkalti/backoff/v5 v5.0.0
	github.com/cenkalti/backoff/v7 v7.0.0
	github.com/cockroachdb/errors v0.0.0
	github.com/eapache/go-resiliency v0.0.0
	github.com/errvet/errvet/fault v0.0.0
	github.com/failsafe-go/failsafe-go v0.0.0
	github.com/fatedier/golib v0.0.0
	github.com/go-logr/logr v0.0.0
	github.com/golang/glog v0.0.0
	github.com/hashicorp/go-multierror v0.0.0
	github.com/hashicorp/go-retryablehttp v0.0.0
	github.com/hashicorp/go-uuid v0.0.0
	github.com/klauspost/compress v0.0.0
	github.com/pkg/errors v0.0.0
	github.com/rs/zerolog v0.0.0
	github.com/samber/oops v0.0.0
	github.com/sethvargo/go-retry v0.0.0
	github.com/sirupsen/logrus v0.0.0
	github.com/sony/gobreaker v0.0.0
	github.com/sony/gobreaker/v2 v2.0.0
	github.com/sourcegraph/conc v0.0.0
	github.com/spf13/cobra v0.0.0
	github.com/spf13/pflag v0.0.0
	github.com/stretchr/testify v0.0.0
	github.com/urfave/cli/v2 v2.0.0
	github.com/urfave/cli/v3 v3.0.0
	go.uber.org/multierr v0.0.0
	go.uber.org/zap v0.0.0
	golang.org/x/crypto v0.0.0
	golang.org/x/sync v0.0.0
	k8s.io/apimachinery v0.0.0
	k8s.io/client-go v0.0.0
	k8s.io/klog/v2 v2.0.0
)

replace (
	github.com/alecthomas/kingpin/v2 => ./fakes/github.com/alecthomas/kingpin/v2
	github.com/avast/retry-go => ./fakes/github.com/avast/retry-go
	github.com/avast/retry-go/v4 => ./fakes/github.com/avast/retry-go/v4
	github.com/avast/retry-go/v5 => ./fakes/github.com/avast/retry-go/v5
	github.com/cenkalti/backoff/v4 => ./fakes/github.com/cenkalti/backoff/v4
	github.com/cenkalti/backoff/v5 => ./fakes/github.com/cenkalti/backoff/v5
	github.com/cenkalti/backoff/v7 => ./fakes/github.com/cenkalti/backoff/v7
	github.com/cockroachdb/errors => ./fakes/github.com/cockroachdb/errors
	github.com/eapache/go-resiliency => ./fakes/github.com/eapache/go-resiliency
	github.com/errvet/errvet/fault => ../fault
	github.com/failsafe-go/failsafe-go => ./fakes/github.com/failsafe-go/failsafe-go
	github.com/fatedier/golib => ./fakes/github.com/fatedier/golib
	github.com/go-logr/logr => ./fakes/github.com/go-logr/logr
	github.com/golang/glog => ./fakes/github.com/golang/glog
	github.com/hashicorp/go-multierror => ./fakes/github.com/hashicorp/go-multierror
	github.com/hashicorp/go-retryablehttp => ./fakes/github.com/hashicorp/go-retryablehttp
	github.com/hashicorp/go-uuid => ./fakes/github.com/hashicorp/go-uuid
	github.com/klauspost/compress => ./fakes/github.com/klauspost/compress
	github.com/pkg/errors => ./fakes/github.com/pkg/errors
	github.com/rs/zerolog => ./fakes/github.com/rs/zerolog
	github.com/samber/oops => ./fakes/github.com/samber/oops
	github.com/sethvargo/go-retry => ./fakes/github.com/sethvargo/go-retry
	github.com/sirupsen/logrus => ./fakes/github.com/sirupsen/logrus
	github.com/sony/gobreaker => ./fakes/github.com/sony/gobreaker
	github.com/sony/gobreaker/v2 => ./fakes/github.com/sony/gobreaker/v2
	github.com/sourcegraph/conc => ./fakes/github.com/sourcegraph/conc
	github.com/spf13/cobra => ./fakes/github.com/spf13/cobra
	github.com/spf13/pflag => ./fakes/github.com/spf13/pflag
	github.com/stretchr/testify => ./fakes/github.com/stretchr/testify
	github.com/urfave/cli/v2 => ./fakes/github.com/urfave/cli/v2
	github.com/urfave/cli/v3 => ./fakes/github.com/urfave/cli/v3
	go.uber.org/multierr => ./fakes/go.uber.org/multierr
	go.uber.org/zap => ./fakes/go.uber.org/zap
	golang.org/x/crypto => ./fakes/golang.org/x/crypto
	golang.org/x/sync => ./fakes/golang.org/x/sync
	k8s.io/apimachinery => ./fakes/k8s.io/apimachinery
	k8s.io/client-go => ./fakes/k8s.io/client-go
	k8s.io/klog/v2 => ./fakes/k8s.io/klog/v2
)

replace example.org/elsewhere => ./elsewhere
