package sarif

import "go/doc/comment"

// markdown renders a rule's page, which is a Go doc comment.
func markdown(doc string) string {
	p := new(comment.Printer)
	p.HeadingID = func(*comment.Heading) string { return "" } // ids are of no use outside a page of their own
	return string(p.Markdown(new(comment.Parser).Parse(doc)))
}
