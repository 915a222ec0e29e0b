package overwritten

import (
	"errors"
	"log"
	"os"
)

// A failure that is noted in a field, before the next call's error takes its place.

type rule struct {
	name, status, why string
	tries             int
}

func addRule(r *rule) error  { return os.WriteFile(r.name, nil, 0o600) }
func saveRule(r *rule) error { return os.WriteFile(r.name+".status", []byte(r.status), 0o600) }
func syncRules() error       { return os.Remove("rules.lock") }

// ovn-kubernetes: what could not be added is not tried again, since the status could be saved.
func badNoted(r *rule) error {
	var err error
	if err = addRule(r); err != nil {
		r.status = "failed"
	} else {
		r.status = "applied"
		r.tries++
	}
	if err = saveRule(r); err != nil { // want `^the failure of addRule \(line 23\) is only noted, and its error overwritten by that of the next call: where that succeeds, success is told$`
		log.Print("cannot save the status: ", err)
	}
	return err
}

func badNotedAssigned(r *rule) error {
	err := addRule(r)
	if err != nil {
		r.status = "failed"
	} else {
		r.status = "applied"
	}
	err = saveRule(r) // want `^the failure of addRule \(line 36\) is only noted`
	return err
}

func badNotedElse(r *rule) (err error) {
	err = addRule(r)
	if err == nil {
		r.status = "applied"
	} else {
		r.status = "failed"
	}
	err = saveRule(r) // want `^the failure of addRule \(line 47\) is only noted`
	return err
}

func okNotedJoined(r *rule) error {
	err := addRule(r)
	if err != nil {
		r.status = "failed"
	} else {
		r.status = "applied"
	}
	return errors.Join(err, saveRule(r))
}

func okNotedOwnVariable(r *rule) error {
	err := addRule(r)
	if err != nil {
		r.status = "failed"
	} else {
		r.status = "applied"
	}
	if saveErr := saveRule(r); saveErr != nil {
		log.Print("cannot save the status: ", saveErr)
	}
	return err
}

func okNotedWithReason(r *rule) error {
	var err error
	if err = addRule(r); err != nil {
		r.status = "failed"
		r.why = err.Error()
	} else {
		r.status = "applied"
	}
	if err = saveRule(r); err != nil {
		log.Print("cannot save the status: ", err)
	}
	return err
}

func okNotedLogged(r *rule) error {
	var err error
	if err = addRule(r); err != nil {
		log.Print("cannot add: ", err)
		r.status = "failed"
	} else {
		r.status = "applied"
	}
	err = saveRule(r)
	return err
}

// Another way of doing the same.
func okNotedTriedAgain(r *rule) error {
	err := addRule(r)
	if err != nil {
		r.name += ".new"
		err = addRule(r)
	}
	return err
}

func okNotedReturned(r *rule) error {
	err := addRule(r)
	if err != nil {
		r.status = "failed"
		return err
	} else {
		r.status = "applied"
	}
	err = saveRule(r)
	return err
}

// What comes next has nothing to do with what was noted.
func okNotedElsewhere(r *rule) error {
	err := addRule(r)
	if err != nil {
		r.status = "failed"
	} else {
		r.status = "applied"
	}
	err = syncRules()
	return err
}

// A default that only a failure puts there.
func okNotedDefault(r *rule) error {
	err := addRule(r)
	if err != nil {
		r.name = "default"
	}
	err = saveRule(r)
	return err
}

func okNotedOneKind(r *rule) error {
	err := addRule(r)
	if err != nil && !errors.Is(err, os.ErrExist) {
		return err
	} else if err != nil {
		r.status = "there"
	}
	err = saveRule(r)
	return err
}

// Nobody asks: the function has no error to give.
func okNotedOnly(r *rule) {
	err := addRule(r)
	if err != nil {
		r.status = "failed"
	} else {
		r.status = "applied"
	}
	if err = saveRule(r); err != nil {
		log.Print("cannot save the status: ", err)
	}
}
