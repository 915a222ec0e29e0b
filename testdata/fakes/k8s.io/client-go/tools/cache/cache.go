// Package cache stands in for k8s.io/client-go/tools/cache.
package cache

type Store interface {
	Get(obj interface{}) (item interface{}, exists bool, err error)
	GetByKey(key string) (item interface{}, exists bool, err error)
}

type Indexer interface {
	Store
	ByIndex(indexName, indexedValue string) ([]interface{}, error)
}

func MetaNamespaceKeyFunc(obj interface{}) (string, error)                 { return "", nil }
func DeletionHandlingMetaNamespaceKeyFunc(obj interface{}) (string, error) { return "", nil }
