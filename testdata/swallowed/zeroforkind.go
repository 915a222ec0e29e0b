package swallowed

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// What a failed call was to fill in is still zero, whatever kind its error is of.

var errNotThere = errors.New("not there")

// lxd
func badCountOrNoRows(row *sql.Row) (int, error) {
	var id, count int
	err := row.Scan(&id, &count)
	if count <= 0 || errors.Is(err, sql.ErrNoRows) { // want `^every failure of row.Scan \(line 20\) is taken for the one kind that is asked for here: with any, count is still zero$`
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return id, nil
}

// lxd: the error is that of the function around the closure.
func badCountShared(run func(func(*sql.Tx) error) error) (id int, err error) {
	err = run(func(tx *sql.Tx) error {
		var count int
		err = tx.QueryRow("SELECT id, COUNT(id) FROM t").Scan(&id, &count)
		if count <= 0 || errors.Is(err, sql.ErrNoRows) { // want `^every failure of tx.QueryRow\(\).Scan .* count is still zero$`
			return errNotThere
		} else if err != nil {
			return err
		}
		return nil
	})
	return id, err
}

func badNameOrNoRows(ctx context.Context, db *sql.DB) (string, error) {
	var name string
	if err := db.QueryRowContext(ctx, "SELECT name FROM t").Scan(&name); name == "" || err == sql.ErrNoRows { // want `is taken for the one kind that is asked for here: with any, name is still zero$`
		return "", nil
	} else if err != nil {
		return "", err
	}
	return name, nil
}

func badFoundOrEnd(d *json.Decoder) (bool, error) {
	var found bool
	err := d.Decode(&found)
	if !found || err == io.EOF { // want `^every failure of d.Decode \(line 56\) is taken for the one kind .* found is still zero$`
		return false, nil
	}
	return found, err
}

func okKindOrCount(row *sql.Row) (int, error) {
	var count int
	err := row.Scan(&count)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	if count == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	}
	return count, nil
}

func okErrorOrCount(row *sql.Row) (int, error) {
	var count int
	err := row.Scan(&count)
	if count == 0 || err != nil {
		return 0, fmt.Errorf("nothing there: %w", err)
	}
	return count, nil
}

func okCountAnswer(row *sql.Row) (int, error) {
	var count int
	err := row.Scan(&count)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	}
	if err != nil {
		return 0, err
	}
	if count <= 0 {
		return 0, errNotThere
	}
	return count, nil
}

func okCountGivenBefore(row *sql.Row) (int, error) {
	count := 1
	err := row.Scan(&count)
	if count == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return count, nil
}

func okCountSetBefore(row *sql.Row, most int) (int, error) {
	var count int
	count = most
	err := row.Scan(&count)
	if count == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return count, nil
}

func okCountAndNoRows(row *sql.Row) (int, error) {
	var count int
	err := row.Scan(&count)
	if count == 0 && errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return count, nil
}

func okCountTooHigh(row *sql.Row) (int, error) {
	var count int
	err := row.Scan(&count)
	if count > 1 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return count, nil
}

func okCountOfAnother(row *sql.Row, other int) (int, error) {
	var count int
	err := row.Scan(&count)
	if other == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return count, nil
}

func okCountFromAnotherCall(row, other *sql.Row) (int, error) {
	var id, count int
	if err := other.Scan(&count); err != nil {
		return 0, err
	}
	err := row.Scan(&id)
	if count == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return id, nil
}

func okCountFilledTwice(row, other *sql.Row) (int, error) {
	var count int
	if err := other.Scan(&count); err != nil {
		return 0, err
	}
	err := row.Scan(&count)
	if count == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return count, nil
}

func okCountInTurns(rows []*sql.Row) (int, error) {
	var count int
	for _, row := range rows {
		err := row.Scan(&count)
		if count == 0 || errors.Is(err, sql.ErrNoRows) {
			continue
		} else if err != nil {
			return 0, err
		}
	}
	return count, nil
}

func okCountLoggedBefore(row *sql.Row) (int, error) {
	var count int
	err := row.Scan(&count)
	slog.Info("scanned", "count", count, "err", err)
	if count == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, errNotThere
	} else if err != nil {
		return 0, err
	}
	return count, nil
}

func okCountTold(row *sql.Row) (int, error) {
	var count int
	err := row.Scan(&count)
	if count == 0 || errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("%w: %v", errNotThere, err)
	}
	if err != nil {
		return 0, err
	}
	return count, nil
}
