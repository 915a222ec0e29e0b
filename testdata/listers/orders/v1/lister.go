// Package v1 looks like what the generators of Kubernetes make for types of somebody's own.
package v1

// An Order is an object that an informer keeps in memory.
type Order struct{ Name string }

// An OrderLister looks orders up.
type OrderLister interface {
	List(selector string) (ret []*Order, err error)
	Get(name string) (*Order, error)
	Refresh(name string) error
}

// A Catalog is no lister.
type Catalog interface {
	Get(name string) (*Order, error)
}
