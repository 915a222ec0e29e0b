package unit

import (
	"encoding/binary"
	"fmt"
	"os"
)

// A vetx is the content of the file in which a unit leaves what units that import it need: facts, and types where the
// go command does not hand over the compiler's export data. Either may be empty.
type vetx struct {
	types, facts []byte
}

// vetxMagic changes with the format. Files of different programs never meet: the program is part of the cache key.
const vetxMagic = "errvet1\n"

const vetxHeader = len(vetxMagic) + 8

func (x vetx) write(filename string) error {
	data := make([]byte, 0, vetxHeader+len(x.types)+len(x.facts))
	data = append(data, vetxMagic...)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(x.types)))
	data = binary.LittleEndian.AppendUint32(data, uint32(len(x.facts)))
	data = append(data, x.types...)
	data = append(data, x.facts...)
	if err := os.WriteFile(filename, data, 0o666); err != nil {
		return fmt.Errorf("writing facts: %w", err)
	}
	return nil
}

func readVetx(filename string) (vetx, error) {
	data, err := os.ReadFile(filename)
	if err != nil {
		return vetx{}, fmt.Errorf("reading facts: %w", err)
	}
	if len(data) < vetxHeader || string(data[:len(vetxMagic)]) != vetxMagic {
		return vetx{}, fmt.Errorf("%s holds no facts of errvet", filename)
	}
	types := uint64(binary.LittleEndian.Uint32(data[len(vetxMagic):]))
	facts := uint64(binary.LittleEndian.Uint32(data[len(vetxMagic)+4:]))
	body := data[vetxHeader:]
	if types+facts != uint64(len(body)) {
		return vetx{}, fmt.Errorf("%s is cut short: %d bytes, want %d", filename, len(body), types+facts)
	}
	return vetx{types: body[:types], facts: body[types:]}, nil
}
