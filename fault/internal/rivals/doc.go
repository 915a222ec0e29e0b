// Package rivals compares the companion runtime with the libraries that people use for the same: behaviour as tests, cost as
// benchmarks. It is a module of its own, so that nobody who requires fault requires these libraries too. It has nothing to import.
//
// The tests assert what the rivals do, right or wrong. One that fails after an update of a rival is news: change the table,
// and the page in fault/docs that quotes it.
package rivals
