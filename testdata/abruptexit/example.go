package abruptexit

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
)

// The examples of the documentation.

type settings struct{ Addr string }

func load(name string) (*settings, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err) // want `^strict: the failure of os.ReadFile \(line 16\) ends the program, although this function could return it`
	}
	var s settings
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	return &s, nil
}

func export(w *os.File, rows []string) {
	out := bufio.NewWriter(w)
	defer out.Flush()
	for _, row := range rows {
		if _, err := fmt.Fprintln(out, row); err != nil {
			log.Fatal(err) // want `log.Fatal ends the program without the deferred out.Flush \(line 29\): what is still in the buffer is lost`
		}
	}
}

func repaired(name string) (*settings, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the settings: %w", err)
	}
	var s settings
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("settings in %s: %w", name, err)
	}
	log.Printf("settings of %s", name)
	return &s, nil
}
