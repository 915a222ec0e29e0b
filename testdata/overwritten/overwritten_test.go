package overwritten

import "testing"

func badInTest(t *testing.T, d disk) {
	err := d.Format("/") // want `^the error of d.Format is overwritten on line \d+`
	err = d.Mount("/")
	if err != nil {
		t.Fatal(err)
	}
}

func okInTest(t *testing.T, d disk) {
	err := d.Format("/")
	if err != nil {
		t.Fatal(err)
	}
	err = d.Mount("/")
	if err != nil {
		t.Fatal(err)
	}
}

func okTable(t *testing.T, d disk) {
	for _, path := range []string{"/", "/home"} {
		t.Run(path, func(t *testing.T) {
			if err := d.Mount(path); err != nil {
				t.Error(err)
			}
		})
	}
}
