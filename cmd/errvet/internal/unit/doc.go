// Package unit is the side of the go command's vet protocol that analyses: go vet -vettool, go vet -vettool -fix and
// go fix -fixtool start the tool once for every compilation unit, dependencies first, and keep what it writes in the
// build cache.
//
// The tool answers three calls:
//
//	errvet -V=full          what it is, for the cache key
//	errvet -flags           which flags it takes, in JSON
//	errvet [flags] vet.cfg  analyse the unit that vet.cfg describes
//
// It is a driver of its own, not x/tools' unitchecker, for what the latter cannot do:
//
//   - Types of dependencies are read from the compiler's export data, which the go command hands over. unitchecker
//     v0.52 type-checks every dependency from source again and stores the types beside the facts.
//   - Units of the standard library that are only dependencies cost nothing: no analyzer of errvet keeps facts of it.
//     Which of its functions never return is a table.
//   - Other dependencies run only the analyzers that bear facts, none of those that merely use them.
//   - Units of the main modules that the go command asks only facts of are analysed in full nevertheless, unless they have a test variant. The go
//     command caches both kinds of result under one key, so a package first met as a dependency would stay without
//     findings when it is asked for itself.
//   - An analyzer that panics costs its own findings and those that build on it, nothing else.
package unit
