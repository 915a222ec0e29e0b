package alternative

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
)

// What is done because something failed, and may fail as well.

type topic interface {
	Publish(ctx context.Context, name string, data []byte) error
}

type sub struct {
	t    topic
	dead string
	last error
}

func (s *sub) handle(ctx context.Context, data []byte) error {
	return s.t.Publish(ctx, "orders", data)
}

func (s *sub) toDead(ctx context.Context, data []byte) error {
	if err := s.t.Publish(ctx, s.dead, data); err != nil {
		return errors.Join(errors.New("dead letter"), err)
	}
	return nil
}

// dapr: where the dead letter is not taken either, the message is gone.
func (s *sub) badDeadLetter(ctx context.Context, data []byte) error {
	err := s.handle(ctx, data)
	if err != nil && err != context.Canceled {
		if s.dead == "" {
			return err
		}
		_ = s.toDead(ctx, data) // want `^s.toDead is called because err is not nil, and its own error is thrown away: where both fail, success is returned`
		return nil
	}
	return err
}

func (s *sub) badDeadLetterStatement(ctx context.Context, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		s.toDead(ctx, data) // want `^s.toDead is called because err is not nil, and its own error is thrown away: where both fail, success is returned`
		return nil
	}
	return nil
}

func badSavedElsewhere(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		_ = os.WriteFile(path+".new", data, 0o600) // want `^os.WriteFile is called because err is not nil`
		return nil
	}
	return nil
}

// The first failure is told.
func (s *sub) badStrictToldFirst(ctx context.Context, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		log.Print("handling failed: ", err)
		_ = s.toDead(ctx, data) // want `^strict: the error of s.toDead is thrown away without a reason`
		return nil
	}
	return nil
}

// So it is where the failure is kept.
func (s *sub) badStrictKeptFirst(ctx context.Context, data []byte) error {
	err := s.handle(ctx, data)
	s.last = err
	if err != nil {
		_ = s.toDead(ctx, data) // want `^strict: the error of s.toDead`
		return nil
	}
	return nil
}

// What it gives back says that it failed.
func (s *sub) badStrictReturned(ctx context.Context, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		_ = s.toDead(ctx, data) // want `^strict: the error of s.toDead`
		return err
	}
	return nil
}

// It may be done without a failure.
func (s *sub) badStrictAlways(ctx context.Context, data []byte) error {
	if len(data) == 0 {
		_ = s.toDead(ctx, data) // want `^strict: the error of s.toDead`
		return nil
	}
	return s.handle(ctx, data)
}

// A result that falls back may be all that matters, and is there.
func badStrictFallsBack(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		data = []byte("{}")
		_ = os.WriteFile(path, data, 0o600) // want `^strict: the error of os.WriteFile`
		return data, nil
	}
	return data, nil
}

func okDeadLetterReturned(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		return s.toDead(ctx, data)
	}
	return nil
}

func okDeadLetterTaken(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		if dead := s.toDead(ctx, data); dead != nil {
			return errors.Join(err, dead)
		}
		return nil
	}
	return nil
}

func okCleansUp(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		os.Remove(path)
		return err
	}
	return nil
}

func okDeadLetterLogged(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		if dead := s.toDead(ctx, data); dead != nil {
			log.Print("lost: ", dead, err)
			return dead
		}
		return nil
	}
	return nil
}

func okAnswers(w http.ResponseWriter, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return nil
	}
	_, err = w.Write(data)
	return err
}

func okFailureFirst(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		s.toDead(ctx, data)
		return err
	}
	return nil
}

func okBoth(ctx context.Context, s *sub, data []byte) error {
	err := s.handle(ctx, data)
	if err != nil {
		err = errors.Join(err, s.toDead(ctx, data))
		return err
	}
	return nil
}

func okTriedAgain(ctx context.Context, s *sub, data []byte) error {
	err := s.handle(ctx, data)
	if err != nil {
		err = s.toDead(ctx, data)
	}
	return err
}

func okSaid(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		// Whatever is lost here is sent again by the other side.
		_ = s.toDead(ctx, data) // want `^silenced\(comment\)`
		return nil
	}
	return nil
}

func okKindsOnly(path string, data []byte) error {
	err := os.WriteFile(path, data, 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return os.WriteFile(path+".new", data, 0o600)
	}
	return err
}

func okStops(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		if dead := s.toDead(ctx, data); dead != nil {
			panic(dead)
		}
		return nil
	}
	return nil
}

func okSent(ctx context.Context, s *sub, data []byte, failures chan<- error) error {
	if err := s.handle(ctx, data); err != nil {
		failures <- s.toDead(ctx, data)
		return nil
	}
	return nil
}

func okStored(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		s.last = s.toDead(ctx, data)
		return nil
	}
	return nil
}

func okWarned(ctx context.Context, s *sub, data []byte) error {
	if err := s.handle(ctx, data); err != nil {
		err = s.toDead(ctx, data)
		log.Print("dead letter: ", err)
		return nil
	}
	return nil
}

func okSecondTry(ctx context.Context, s *sub, data []byte) error {
	if s.handle(ctx, data) == nil {
		return nil
	}
	return s.toDead(ctx, data)
}

func okEither(ctx context.Context, s *sub, data []byte) error {
	err := s.handle(ctx, data)
	if err == nil {
		return nil
	}
	if s.toDead(ctx, data) == nil {
		return nil
	}
	return err
}
