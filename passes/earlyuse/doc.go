// Package earlyuse finds results that are used where the error that came with them may not be nil.
//
// # What is flagged
//
// A result that is nil if the call failed, reached into before anyone looked at the error:
//
//	resp, err := http.Get(url)
//	code := resp.StatusCode
//	if err != nil {
//		return 0, err
//	}
//
// So is a pointer, an interface or a function that is nil on some failures only, as the source of the callee shows: it
// returns nil with one error, and something with another.
//
// A deferred call of its method counts, since the receiver is evaluated at once, and so does a method value:
//
//	resp, err := http.Get(url)
//	defer resp.Body.Close()
//	if err != nil {
//		return err
//	}
//
// The use of such a result on the failure path itself, where nothing tells the failures apart:
//
//	conn, err := l.Accept()
//	if err != nil {
//		return nil, fmt.Errorf("from %s: %w", conn.RemoteAddr(), err)
//	}
//
// The use of what is nil on the way of the one kind of error that was let through:
//
//	c, err := load(path)
//	if err != nil && !errors.Is(err, fs.ErrNotExist) {
//		return "", err
//	}
//	return c.name, nil
//
// A pointer or an interface of which nothing is known, from a function value, an interface's method or a function in a
// package without facts, reached into before anyone looked at the error:
//
//	e, err := c.Get(name)
//	return e.Title, err
//
// In the branch for its failure such a thing is flagged only where it took the place of what the variable held, as in
// vmi, err = client.Create(vmi): whoever asks a result of its own there mostly knows that it comes with the error (of
// 23 such findings readers waved 22). The others are strict. Nothing is unknown where one of the types of the
// interface's package gives it beside an error.
//
// What a walk over files hands in beside its error (fs.FileInfo; fs.DirEntry, which is missing only where the walk cannot
// begin, is for the strict tier): info.IsDir() in front of the question what err is.
//
// A result that is asked and answered for where the next statement asks the error: files == 0 is told as "nothing to
// send", although packing failed. Not where the result of such a call counts beside its error, as that of a read.
//
// Not a method that is made to be called on nil: one that asks whether its receiver is nil before it reaches into it, or
// a method of [os.File] other than Name, which gives os.ErrInvalid then, unless it is deferred in front of the question.
//
// # Why it is harmful
//
// The program crashes when the call fails: a server that cannot reach another one takes itself down, with a stack that
// names neither the call nor its error.
//
// # How to fix it
//
// Look at the error first:
//
//	resp, err := http.Get(url)
//	if err != nil {
//		return err
//	}
//	defer resp.Body.Close()
//
// A safe fix moves the test of the error up to the call, if it is a plain return, and adds one where there is none and
// the function can be left. There is no fix for a use on the failure path itself, for results that are nil on some
// failures only, and where the test reads what the code between declares.
//
// # When it is silent
//
//   - The result is compared with nil before, or something asks about it.
//   - It is handed on together with its error, or as it is.
//   - Behind an error that was told by its kind, anything but that error decides about the way: a flag may know of the kind.
//   - The callee is known to give something usable beside an error: readers and writers, os.ReadDir, strconv, functions
//     that return what they have beside each of their errors.
//   - It is no pointer or interface: a number, a struct; a nil slice with a length to ask for, a range to run over, or a loop up
//     to its length; a nil map to read.
//   - The length of the result was asked, and nil has none.
//   - Before its error, a bool is asked that the callee, or each type of the package that has the method, gives as false only
//     beside a nil error.
//   - Before its error, a result is asked for something that is there (x != nil, len(x) > 0, ok, x == known), which failures mostly
//     do not give: that is for the strict tier.
//   - The branch for failures is taken only where the call was given something: err != nil && name != "" (strict).
//   - It is a method that does without what it is called on.
//   - Of a result that is asked before its error, a comment of at least three words says why. No comment makes any other
//     use right.
//   - A check that does not come back, or a flag that tells of the error, stands before.
package earlyuse
