package editor

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// edits is how many edits are measured, each with errvet and without.
const edits = 10

// limit is what the passes may add to the CPU time between an edit and the end of what follows from it, in per cent.
const limit = 15

// TestCost measures what the passes add to the time and the CPU time that an edit in a large package costs. COST names
// a file in such a package, and a text in a function there behind which a statement can stand; its module is the
// directory above that has a go.mod. Two servers of one program run at once, one with all of errvet off, and take turns.
func TestCost(t *testing.T) {
	file, after, ok := strings.Cut(os.Getenv("COST"), ":")
	if !ok {
		t.Skip("COST names no file and text: .ci/gopls -cost does")
	}
	gopls := filepath.SplitList(os.Getenv("GOPLS"))[0]
	root := filepath.Dir(file)
	for !exists(filepath.Join(root, "go.mod")) {
		if root == filepath.Dir(root) {
			t.Fatalf("%s lies in no module", file)
		}
		root = filepath.Dir(root)
	}
	name, err := filepath.Rel(root, file)
	if err != nil {
		t.Fatal(err)
	}
	name = filepath.ToSlash(name)

	off := make(map[string]bool)
	for _, rule := range strings.Fields(os.Getenv("RULES")) {
		off[rule] = false
	}
	if len(off) < 3 {
		t.Fatal("RULES names no analyzers of errvet")
	}
	servers := []*client{
		start(t, gopls, root, map[string]any{"analyses": off}),
		start(t, gopls, root, nil),
	}
	const mistake = "\n\t_ = fmt.Sprintf(\"%%d\", \"edit %d\")"
	wrong := func(i int) string { return fmt.Sprintf(mistake, i) }
	seen := func(i int) func([]diagnostic) bool {
		return counts(map[string]int{fmt.Sprintf("printf||fmt.Sprintf format %%d has arg \"edit %d\"", i): 1})
	}
	for _, c := range servers {
		c.open(name)
		c.edit(name, after, after+wrong(0))
		c.settled(name, "a mistake that go vet finds", seen(0))
		c.rest()
	}
	var wall, cpu [2][]time.Duration
	for i := 1; i <= edits; i++ {
		for turn := range 2 {
			which := (i + turn) % 2
			c := servers[which]
			before, began := c.cpu(), time.Now()
			c.edit(name, wrong(i-1), wrong(i))
			c.reached(name, seen(i))
			wall[which] = append(wall[which], time.Since(began))
			cpu[which] = append(cpu[which], c.rest()-before)
		}
	}
	for which, what := range []string{"without", "with"} {
		t.Logf("%-8s errvet: %v CPU an edit (all: %v), %v to the diagnostics (all: %v)", what,
			median(cpu[which]), cpu[which], median(wall[which]), rounded(wall[which]))
	}
	var pairs []float64
	for i := range edits {
		pairs = append(pairs, float64(cpu[1][i])/float64(cpu[0][i]))
	}
	slices.Sort(pairs)
	added := (sum(cpu[1])/sum(cpu[0]) - 1) * 100
	t.Logf("the passes add %.1f%% CPU over all edits; in pairs, from %.2f to %.2f, median %.2f", added, pairs[0], pairs[edits-1], (pairs[edits/2-1]+pairs[edits/2])/2)
	if added > limit {
		t.Errorf("that is more than %d%%", limit)
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// reached waits until what the server says of a file's present text satisfies ok.
func (c *client) reached(name string, ok func([]diagnostic) bool) {
	c.t.Helper()
	deadline := time.After(patience)
	for {
		list, current, changed := c.now(name)
		if current && ok(list) {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			c.t.Fatalf("%s: the diagnostics do not come:\n%s", name, lines(list))
		}
	}
}

// cpu is the CPU time that the server has used so far.
func (c *client) cpu() time.Duration {
	c.t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		c.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), ") ") // the fields from the third on
	var ticks int
	for _, field := range strings.Fields(rest)[11:13] {
		n, err := strconv.Atoi(field)
		if err != nil {
			c.t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// rest waits until the server does nothing any more, and returns the CPU time it has used so far.
func (c *client) rest() time.Duration {
	c.t.Helper()
	const quiet, slack = time.Second, 20 * time.Millisecond
	last := c.cpu()
	for range int(patience / quiet) {
		time.Sleep(quiet)
		now := c.cpu()
		if now-last <= slack {
			return now
		}
		last = now
	}
	c.t.Fatal("the server does not come to rest")
	return 0
}

func sum(list []time.Duration) float64 {
	var total time.Duration
	for _, d := range list {
		total += d
	}
	return float64(total)
}

func median(list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	return ((sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2).Round(time.Millisecond)
}

func rounded(list []time.Duration) (out []time.Duration) {
	for _, d := range list {
		out = append(out, d.Round(10*time.Millisecond))
	}
	return out
}
