package light

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
)

type fields map[string]any

// Scan takes what a database gives.
func (f *fields) Scan(value any) error {
	data, ok := value.([]byte)
	if !ok {
		return fmt.Errorf("no fields: %v", value)
	}
	return json.Unmarshal(data, f)
}

// What was put together here is taken apart again.
func badReadsBack(v map[string]any) (fields, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	f := fields{}
	f.Scan(raw)             // want `^strict: f.Scan can fail, and nobody takes its error`
	json.Unmarshal(raw, &f) // want `^strict: json.Unmarshal can fail, and nobody takes its error`
	stored, err := os.ReadFile("fields")
	json.Unmarshal(stored, &f) // want `^json.Unmarshal can fail, and nobody takes its error`
	return f, err
}

func okReadsBack(v map[string]any) (f fields, err error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return f, f.Scan(raw)
}

func okReadsStored() (f fields, err error) {
	raw, err := os.ReadFile("fields")
	if err != nil {
		return nil, err
	}
	return f, json.Unmarshal(raw, &f)
}

func wait(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

// It is made to be given up.
func badGivenUp(db *sql.DB) error {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	wait(ctx, db) // want `^strict: wait can fail, and nobody takes its error`
	later, cancelLater := context.WithCancel(context.Background())
	wait(later, db) // want `^wait can fail, and nobody takes its error`
	cancelLater()
	return nil
}

func okGivenUp(db *sql.DB) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := wait(ctx, db); err != nil {
		log.Print(err)
	}
}

func okWaits(ctx context.Context, db *sql.DB) error { return wait(ctx, db) }

type lease struct{ db *sql.DB }

func (l *lease) discard(ctx context.Context) error {
	_, err := l.db.ExecContext(ctx, "update leases set gone = true")
	return err
}

func (l *lease) extend(ctx context.Context) error {
	_, err := l.db.ExecContext(ctx, "update leases set until = until + 1")
	return err
}

// Nobody could take the error of the other.
func badBesideGo(ctx context.Context, l *lease, here bool) error {
	l.extend(ctx) // want `^l.extend can fail, and nobody takes its error`
	if here {
		l.discard(ctx) // want `^strict: l.discard can fail, and nobody takes its error`
		return nil
	}
	go l.discard(ctx)
	return nil
}

func okDiscards(ctx context.Context, l *lease) error { return l.discard(ctx) }

func okExtends(ctx context.Context, l *lease) {
	if err := l.extend(ctx); err != nil {
		log.Print(err)
	}
}

type redirects struct{ client *http.Client }

func (r *redirects) resolve(url string) (string, error) {
	resp, err := r.client.Head(url)
	if err != nil {
		return "", err
	}
	return resp.Request.URL.String(), resp.Body.Close()
}

// The first fills what the second finds, and what is wrong with the URL shows there.
func badWarmsUp(r *redirects, url string) (*http.Response, error) {
	r.resolve(url)        // want `^strict: r.resolve can fail, and nobody takes its error`
	r.resolve(url + "/2") // want `^r.resolve can fail, and nobody takes its error`
	return r.client.Get(url)
}

func okResolves(r *redirects, url string) (*http.Response, error) {
	at, err := r.resolve(url)
	if err != nil {
		return nil, err
	}
	return r.client.Get(at)
}

func okResolved(r *redirects, url string) {
	if _, err := r.resolve(url); err != nil {
		log.Print(err)
	}
}
