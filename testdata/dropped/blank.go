package dropped

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Where the callee persists or decides something, _ = is not enough.

func badBlankPersist(path string, data []byte) {
	_ = os.WriteFile(path, data, 0o600) // want `^strict: the error of os.WriteFile is thrown away without a reason`
}

func badBlankRename(dir string) {
	_ = os.Rename(filepath.Join(dir, "db.tmp"), filepath.Join(dir, "db")) // want `^strict: the error of os.Rename is thrown away`
}

type revision struct{ Main, Sub int64 }

func parseRevision(s string) (*revision, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("revision %q: %w", s, err)
	}
	return &revision{Main: n}, nil
}

// The result is nil if the call fails, and used.

func badNilResultUsed(url string) string {
	resp, _ := http.Get(url) // want `^the error of http.Get is thrown away, and resp, which is nil if it fails, is used on line \d+`
	return resp.Status
}

func badNilAnswer(client *http.Client, url string) (int, error) {
	resp, _ := client.Get(url) // want `^the error of client.Get is thrown away, and resp, which is nil if it fails, is used on line \d+`
	return resp.StatusCode, nil
}

// Fails only over its arguments, one of which is a text that may come from anywhere.
func badNilRequest(client *http.Client, url string) (*http.Response, error) {
	req, _ := http.NewRequest(http.MethodGet, url, nil) // want `^strict: the error of http.NewRequest is thrown away without a reason`
	req.Header.Set("Accept", "application/json")
	return client.Do(req)
}

// tempo
func badNilURL(base, path string) string {
	u, _ := url.Parse(base + path) // want `^the error of url.Parse is thrown away, and u`
	return u.Host
}

type endpoint struct{ address string }

// minio: it was looked at when it was put there.
func badNilURLOfField(e endpoint) string {
	u, _ := url.Parse(e.address) // want `^strict: the error of url.Parse is thrown away`
	return u.Host
}

func okURLOfField(e endpoint) (string, error) {
	u, err := url.Parse(e.address)
	if err != nil {
		return "", err
	}
	return u.Host, nil
}

func okURLHandled(e endpoint) string {
	u, err := url.Parse(e.address)
	if err != nil {
		return "none: " + err.Error()
	}
	return u.Host
}

func okURLNotUsed(e endpoint) bool {
	_, err := url.Parse(e.address)
	return err == nil
}

func okURLInSource() string {
	u, _ := url.Parse("https://example.org/")
	return u.Host
}

func badNilFileInfo(path string) int64 {
	info, _ := os.Stat(path) // want `^the error of os.Stat is thrown away, and info`
	return info.Size()
}

func badNilFromHelper(s string) int64 {
	rev, _ := parseRevision(s) // want `^the error of parseRevision is thrown away, and rev`
	return rev.Main
}

func badNilAssigned(s string) (main int64) {
	var rev *revision
	rev, _ = parseRevision(s) // want `^the error of parseRevision is thrown away, and rev`
	main = rev.Main
	return main
}

// The strict tier wants a reason for every other one.

func badBlankCall(ctx context.Context, n proposer) {
	_ = n.Campaign(ctx) // want `^strict: the error of n.Campaign is thrown away without a reason`
}

func badBlankResult(n proposer) []byte {
	data, _ := n.Snapshot() // want `^strict: the error of n.Snapshot is thrown away`
	return data
}

func badBlankBoth(n proposer) {
	_, _ = n.Snapshot() // want `^strict: the error of n.Snapshot is thrown away`
}

func badBlankTodo(n proposer, peers []string) {
	// TODO(ahmed): tell the operator about it.
	_ = n.Bootstrap(peers) // want `^strict: the error of n.Bootstrap is thrown away`
}

func badBlankVar(n proposer) []byte {
	var data, _ = n.Snapshot() // want `^strict: the error of n.Snapshot is thrown away`
	return data
}

func badBlankPartialResult(s []string) int {
	sum := 0
	for _, field := range s {
		n, _ := strconv.Atoi(field) // want `^strict: the error of strconv.Atoi is thrown away`
		sum += n
	}
	return sum
}

// Silent.

func okBlankWithReason(path string) {
	// The cache is filled again on the next start.
	_ = os.WriteFile(path, nil, 0o600) // want `^silenced\(comment\): the error of os.WriteFile`
}

func okBlankTrailingReason(n proposer) {
	_ = n.Bootstrap(nil) // fails only on a node that runs already // want `^silenced\(comment\): strict|^silenced\(comment\): the error`
}

func okBlankInfallible(m memoryStore) {
	_ = m.Put("a", nil)
	_, _ = new(bytes.Buffer).WriteString("a")
}

func okBlankIntoBuilder(names []string) string {
	var b strings.Builder
	for i, name := range names {
		_, _ = fmt.Fprintf(&b, "%d: %s\n", i, name)
	}
	return b.String()
}

func okBlankValueNotError(v any) string {
	s, _ := v.(string)
	return s
}

func okBlankMap(m map[string]*revision) *revision {
	rev, _ := m["head"]
	return rev
}

func okBlankNoError() int {
	home, _ := strings.CutPrefix("v1.2", "v")
	_, name := filepath.Split(home)
	return len(name)
}

func okVariableBlank(ctx context.Context) {
	deadline, _ := ctx.Deadline()
	_ = deadline
}

func okTestedInstead(s string) int64 {
	rev, err := parseRevision(s)
	if err != nil {
		return 0
	}
	return rev.Main
}

func okErrorTested(url string) (string, error) {
	resp, err := http.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return resp.Status, nil
}

func okMustHelper(s string) int64 {
	return must(parseRevision(s)).Main
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func okSorted(names []string) []string {
	sort.Strings(names)
	return names
}

// The one deliberate exception of the standard library: a constant that parses.
func okCompileTime() time.Duration {
	return time.Second
}

func okReturned(raw string) (*url.URL, error) {
	return url.Parse(raw)
}

func okEncodedThenChecked(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	return data, err
}

func okBlankBool(m map[string]bool) bool {
	_, ok := m["leader"]
	return ok
}
