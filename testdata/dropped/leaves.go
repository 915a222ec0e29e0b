package dropped

import (
	"errors"
	"os"
	"os/exec"
)

// Nothing in this file logs or prints.

// delve: who is given something to keep the error in has a way to tell of it.
type keeper struct {
	name string
	err  error
}

func badLeavesErrors(k *keeper) {
	exec.Command(k.name).Run() // want `^exec.Command\(\).Run can fail`
	if _, err := os.Stat(k.name); err != nil {
		k.err = err
	}
}

func badStrictLeavesNone(k *keeper) int {
	exec.Command(k.name).Run() // want `^strict: .*Run can fail`
	return len(k.name)
}

func badStrictClearsOnly(k *keeper) {
	exec.Command(k.name).Run() // want `^strict: .*Run can fail`
	k.err = nil
}

func badStrictKeepsToItself(name string) {
	var own keeper
	exec.Command(name).Run() // want `^strict: .*Run can fail`
	if _, err := os.Stat(name); err != nil {
		own.err = err
	}
}

func okLeavesThem(k *keeper) {
	if err := exec.Command(k.name).Run(); err != nil {
		k.err = err
		return
	}
	k.err = os.Chmod(k.name, 0o400)
}

func okLeavesAll(k *keeper) { k.err = errors.Join(k.err, exec.Command(k.name).Run()) }

func okLeavesLast(k *keeper) { k.err = exec.Command(k.name).Run() }

func okLeavesFirst(k *keeper) {
	if err := exec.Command(k.name).Run(); k.err == nil {
		k.err = err
	}
}

func (k *keeper) okOwn() { k.err = exec.Command(k.name).Run() }

func okLeavesToCaller(k *keeper) error { return exec.Command(k.name).Run() }

func okLeavesBoth(k *keeper) (err error) {
	err = exec.Command(k.name).Run()
	k.err = err
	return err
}

func okLeavesPanic(k *keeper) {
	if err := exec.Command(k.name).Run(); err != nil {
		panic(err)
	}
}
