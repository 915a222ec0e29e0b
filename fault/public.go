package fault

// WithPublic gives err a text for people outside: what an API answer or a page may show. The error's own
// text, errors.Is and errors.As stay as they are; nil stays nil. A type of the user's own does the same with a method
// Public() string.
func WithPublic(err error, text string) error {
	if err == nil {
		return nil
	}
	return &published{error: err, text: text}
}

type published struct {
	error
	text string
}

func (p *published) Unwrap() error  { return p.error }
func (p *published) Public() string { return p.text }

// PublicOf returns the text of the first error, in err and what it wraps (depth first), that has a
// non-empty Public() string, and whether there is one. The text of Error() is never used: it is
// written for the log and may hold names, addresses and queries.
func PublicOf(err error) (text string, ok bool) {
	for err != nil {
		if x, is := err.(interface{ Public() string }); is {
			if text := x.Public(); text != "" {
				return text, true
			}
		}
		one, many := children(err)
		for _, e := range many {
			if text, ok := PublicOf(e); ok {
				return text, true
			}
		}
		err = one
	}
	return "", false
}
