package editor

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long anything may take that a server is asked for, on a busy machine with empty caches.
const patience = 10 * time.Minute

// A client is an editor, as far as a language server can tell.
type client struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	root  string
	files map[string]*buffer // by path below root

	mu        sync.Mutex
	settings  map[string]any
	nextID    int
	waiting   map[string]chan message
	published map[string]published // by URI
	changed   chan struct{}        // closed when something was published
	gone      error                // why the server is not read any more
}

// A buffer is an open file.
type buffer struct {
	text    string
	version int
}

// published is what the server said of a file last.
type published struct {
	version     int
	diagnostics []diagnostic
}

type (
	position struct {
		Line      int `json:"line"`
		Character int `json:"character"`
	}
	span struct {
		Start position `json:"start"`
		End   position `json:"end"`
	}
	location struct {
		URI   string `json:"uri"`
		Range span   `json:"range"`
	}
	diagnostic struct {
		Range           span `json:"range"`
		Severity        int  `json:"severity"`
		Code            any  `json:"code"`
		CodeDescription *struct {
			Href string `json:"href"`
		} `json:"codeDescription,omitempty"`
		Source             string `json:"source"`
		Message            string `json:"message"`
		Tags               []int  `json:"tags,omitempty"`
		RelatedInformation []struct {
			Location location `json:"location"`
			Message  string   `json:"message"`
		} `json:"relatedInformation,omitempty"`
		Data json.RawMessage `json:"data,omitempty"`
	}
	textEdit struct {
		Range   span   `json:"range"`
		NewText string `json:"newText"`
	}
	workspaceEdit struct {
		DocumentChanges []struct {
			TextDocument struct {
				URI     string `json:"uri"`
				Version int    `json:"version"`
			} `json:"textDocument"`
			Edits []textEdit `json:"edits"`
		} `json:"documentChanges"`
	}
	codeAction struct {
		Title       string         `json:"title"`
		Kind        string         `json:"kind"`
		Diagnostics []diagnostic   `json:"diagnostics"`
		Edit        *workspaceEdit `json:"edit"`
	}
	message struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id,omitempty"`
		Method  string          `json:"method,omitempty"`
		Params  json.RawMessage `json:"params,omitempty"`
		Result  json.RawMessage `json:"result,omitempty"`
		Error   *struct {
			Message string `json:"message"`
		} `json:"error,omitempty"`
	}
)

func (d diagnostic) String() string {
	return fmt.Sprintf("%d:%d %s [%v] %s", d.Range.Start.Line+1, d.Range.Start.Character+1, d.Source, d.Code, d.Message)
}

// start runs a server in the directory root and greets it. Further settings are those of gopls; env are further
// variables of its environment.
func start(t *testing.T, gopls, root string, settings map[string]any, env ...string) *client {
	t.Helper()
	c := &client{
		t: t, root: root, files: make(map[string]*buffer), settings: settings,
		waiting: make(map[string]chan message), published: make(map[string]published), changed: make(chan struct{}),
	}
	c.cmd = exec.Command(gopls)
	c.cmd.Dir = root
	c.cmd.Env = append(append(os.Environ(), "PWD="+root, "GOWORK=off"), env...)
	c.cmd.Stderr = os.Stderr
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		err := c.read(bufio.NewReader(out))
		c.mu.Lock()
		defer c.mu.Unlock()
		c.gone = fmt.Errorf("the server is gone: %w", err)
		for _, ch := range c.waiting {
			close(ch)
		}
		c.waiting = nil
	}()
	t.Cleanup(func() {
		if c.alive() {
			c.stop()
		}
		<-read
	})
	c.request("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": uri(root),
		"workspaceFolders":      []any{map[string]string{"uri": uri(root), "name": filepath.Base(root)}},
		"initializationOptions": settings,
		"capabilities": map[string]any{
			"workspace": map[string]any{"configuration": true, "workspaceEdit": map[string]any{"documentChanges": true}},
			"textDocument": map[string]any{
				"publishDiagnostics": map[string]any{"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true, "dataSupport": true},
				"codeAction": map[string]any{
					"codeActionLiteralSupport": map[string]any{"codeActionKind": map[string]any{"valueSet": []string{"quickfix", "source.fixAll"}}},
					"dataSupport":              true,
				},
			},
		},
	})
	c.notify("initialized", struct{}{})
	return c
}

func (c *client) alive() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gone == nil
}

// stop ends the server as an editor does.
func (c *client) stop() {
	c.t.Helper()
	c.request("shutdown", nil)
	c.notify("exit", nil)
	if err := c.cmd.Wait(); err != nil {
		c.t.Errorf("the server ends with %v", err)
	}
}

func uri(path string) string { return "file://" + filepath.ToSlash(path) }

func (c *client) path(name string) string { return filepath.Join(c.root, filepath.FromSlash(name)) }

// read takes the server's messages until there are no more.
func (c *client) read(r *bufio.Reader) error {
	for {
		length := 0
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return err
			}
			line = strings.TrimSpace(line)
			if line == "" {
				break
			}
			if n, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				if length, err = strconv.Atoi(n); err != nil {
					return err
				}
			}
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(r, data); err != nil {
			return err
		}
		var m message
		if err := json.Unmarshal(data, &m); err != nil {
			return err
		}
		if err := c.take(m); err != nil {
			return err
		}
	}
}

// take deals with one message of the server's.
func (c *client) take(m message) error {
	switch {
	case m.Method == "": // an answer
		c.mu.Lock()
		ch := c.waiting[string(m.ID)]
		delete(c.waiting, string(m.ID))
		c.mu.Unlock()
		if ch != nil {
			ch <- m
		}
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string       `json:"uri"`
			Version     int          `json:"version"`
			Diagnostics []diagnostic `json:"diagnostics"`
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return err
		}
		c.mu.Lock()
		c.published[p.URI] = published{p.Version, p.Diagnostics}
		close(c.changed)
		c.changed = make(chan struct{})
		c.mu.Unlock()
	case m.Method == "workspace/configuration":
		var p struct{ Items []any }
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return err
		}
		c.mu.Lock()
		answer := make([]any, len(p.Items))
		for i := range answer {
			answer[i] = c.settings
		}
		c.mu.Unlock()
		return c.send(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": answer})
	case m.ID != nil:
		return c.send(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": nil})
	}
	return nil
}

func (c *client) send(m any) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
	return err
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	if err := c.send(map[string]any{"jsonrpc": "2.0", "method": method, "params": params}); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

// request asks the server and waits for the answer.
func (c *client) request(method string, params any) json.RawMessage {
	c.t.Helper()
	c.mu.Lock()
	if c.gone != nil {
		defer c.mu.Unlock()
		c.t.Fatalf("%s: %v", method, c.gone)
	}
	c.nextID++
	id := c.nextID
	ch := make(chan message, 1)
	c.waiting[strconv.Itoa(id)] = ch
	c.mu.Unlock()
	if err := c.send(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": params}); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
	select {
	case m, ok := <-ch:
		if !ok {
			c.t.Fatalf("%s: %v", method, errors.New("the server is gone"))
		}
		if m.Error != nil {
			c.t.Fatalf("%s: %s", method, m.Error.Message)
		}
		return m.Result
	case <-time.After(patience):
		c.t.Fatalf("%s: no answer", method)
	}
	return nil
}

// open opens a file as it is on disk.
func (c *client) open(name string) {
	c.t.Helper()
	data, err := os.ReadFile(c.path(name))
	if err != nil {
		c.t.Fatal(err)
	}
	c.files[name] = &buffer{text: string(data), version: 1}
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": uri(c.path(name)), "languageId": "go", "version": 1, "text": string(data),
	}})
}

// edit replaces a text that occurs once in an open file, without saving it.
func (c *client) edit(name, old, new string) {
	c.t.Helper()
	b := c.files[name]
	if n := strings.Count(b.text, old); n != 1 {
		c.t.Fatalf("%s has %q %d times:\n%s", name, old, n, b.text)
	}
	c.set(name, strings.Replace(b.text, old, new, 1))
}

// set replaces the text of an open file.
func (c *client) set(name, text string) {
	c.t.Helper()
	b := c.files[name]
	b.text = text
	b.version++
	c.notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": uri(c.path(name)), "version": b.version},
		"contentChanges": []any{map[string]string{"text": text}},
	})
}

// save writes an open file to disk.
func (c *client) save(name string) {
	c.t.Helper()
	if err := os.WriteFile(c.path(name), []byte(c.files[name].text), 0o666); err != nil {
		c.t.Fatal(err)
	}
	c.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": uri(c.path(name))}})
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": uri(c.path(name)), "type": 2}}})
}

// configure changes the settings of the editor while the server runs.
func (c *client) configure(settings map[string]any) {
	c.mu.Lock()
	c.settings = settings
	c.mu.Unlock()
	c.notify("workspace/didChangeConfiguration", map[string]any{"settings": settings})
}

// settled waits until what the server says of an open file, as it is now, satisfies ok and stays so for a while, and
// returns it: a server tells of types first and of analyses later.
func (c *client) settled(name, what string, ok func([]diagnostic) bool) []diagnostic {
	c.t.Helper()
	const quiet = 1500 * time.Millisecond
	deadline := time.After(patience)
	for {
		list, current, changed := c.now(name)
		good := current && ok(list)
		var still <-chan time.Time
		if good {
			still = time.After(quiet)
		}
		select {
		case <-changed:
		case <-still:
			return list
		case <-deadline:
			c.t.Fatalf("%s: want %s; the server says, of the present text %t:\n%s", name, what, current, lines(list))
		}
	}
}

// now returns what the server said of a file last, whether that was about its present text, and a channel that is
// closed when it says more of anything.
func (c *client) now(name string) (list []diagnostic, current bool, changed <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone != nil {
		c.t.Fatal(c.gone)
	}
	p, known := c.published[uri(c.path(name))]
	list = slices.Clone(p.diagnostics)
	slices.SortFunc(list, func(a, b diagnostic) int { return strings.Compare(a.String(), b.String()) })
	return list, known && p.version == c.files[name].version, c.changed
}

func lines(list []diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintln(&b, " ", d)
	}
	return b.String()
}

// actions asks for code actions of a kind about diagnostics, or about the whole file if there are none.
func (c *client) actions(name, kind string, about ...diagnostic) []codeAction {
	c.t.Helper()
	all := span{End: position{Line: strings.Count(c.files[name].text, "\n"), Character: 0}}
	if len(about) == 1 {
		all = about[0].Range
	}
	var list []codeAction
	if err := json.Unmarshal(c.request("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": uri(c.path(name))}, "range": all,
		"context": map[string]any{"diagnostics": about, "only": []string{kind}},
	}), &list); err != nil {
		c.t.Fatal(err)
	}
	return list
}

// apply carries an action out, without saving.
func (c *client) apply(a codeAction) {
	c.t.Helper()
	if a.Edit == nil {
		c.t.Fatalf("the action %q has no edits", a.Title)
	}
	for _, change := range a.Edit.DocumentChanges {
		names := slices.Collect(maps.Keys(c.files))
		i := slices.IndexFunc(names, func(name string) bool { return uri(c.path(name)) == change.TextDocument.URI })
		if i < 0 {
			c.t.Fatalf("the action %q changes %s, which is not open", a.Title, change.TextDocument.URI)
		}
		name := names[i]
		if v := c.files[name].version; change.TextDocument.Version != v {
			c.t.Fatalf("the action %q is about version %d of %s, which is at %d", a.Title, change.TextDocument.Version, name, v)
		}
		text := c.files[name].text
		edits := slices.Clone(change.Edits)
		slices.SortStableFunc(edits, func(a, b textEdit) int { return offset(text, b.Range.Start) - offset(text, a.Range.Start) })
		for _, e := range edits {
			text = text[:offset(text, e.Range.Start)] + e.NewText + text[offset(text, e.Range.End):]
		}
		c.set(name, text)
	}
}

// offset finds a position in a text that has no characters outside ASCII on that line.
func offset(text string, p position) int {
	at := 0
	for range p.Line {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
	}
	return min(at+p.Character, len(text))
}
