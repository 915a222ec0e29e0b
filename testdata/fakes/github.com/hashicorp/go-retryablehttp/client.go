// Package retryablehttp stands in for github.com/hashicorp/go-retryablehttp.
package retryablehttp

import (
	"context"
	"net/http"
)

type Client struct{ HTTPClient *http.Client }

type Request struct{ *http.Request }

func (r *Request) WithContext(ctx context.Context) *Request {
	return &Request{r.Request.WithContext(ctx)}
}

func NewClient() *Client                                  { return &Client{HTTPClient: http.DefaultClient} }
func (c *Client) Do(req *Request) (*http.Response, error) { return c.HTTPClient.Do(req.Request) }
func (c *Client) Get(url string) (*http.Response, error)  { return c.HTTPClient.Get(url) }
func (c *Client) StandardClient() *http.Client            { return c.HTTPClient }
func Get(url string) (*http.Response, error)              { return http.Get(url) }
