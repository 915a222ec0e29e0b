package gclplugin

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/golangci/plugin-module-register/register"

	"github.com/errvet/errvet/cmd/internal/nearest"
	"github.com/errvet/errvet/passes"
)

// fixed are flags whose value golangci-lint's ways decide, each with the reason that those who set it are told.
var fixed = map[string]struct{ value, because string }{
	"errvet.all":          {"false", "it is for programs that read categories, which golangci-lint drops"},
	"errvet.nolint":       {"false", "golangci-lint honours //nolint itself"},
	"errvet.related":      {"false", "golangci-lint would make an issue of each step"},
	"errvet.review-fixes": {"false", "golangci-lint run --fix applies whatever it is given; errvet -fix=all and gopls offer the fixes that need a look"},
}

// elsewhere are settings of .errvet.yaml that golangci-lint has a place of its own for.
var elsewhere = map[string]string{
	"paths":    "linters.exclusions",
	"baseline": "issues.new-from-rev or issues.new-from-merge-base",
}

// decode reads the settings that golangci-lint hands over: what its YAML, TOML or JSON reader made of them. Whatever
// means nothing is an error.
func decode(raw any) (passes.Settings, error) {
	if raw == nil {
		return passes.Settings{}, nil
	}
	given, ok := raw.(map[string]any)
	if !ok {
		return passes.Settings{}, fmt.Errorf("settings: want settings by name, such as strict: true, not %v", raw)
	}
	if err := checkKeys(given); err != nil {
		return passes.Settings{}, err
	}
	given = maps.Clone(given)
	if flags, ok := given["flags"].(map[string]any); ok {
		flat := make(map[string]any)
		flatten(flat, "", flags)
		given["flags"] = flat
	}
	s, err := register.DecodeSettings[passes.Settings](given)
	if err != nil {
		return passes.Settings{}, explain(err)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Rules)) {
		if rules := passes.Words(passes.Rules); !slices.Contains(rules, name) {
			return passes.Settings{}, fmt.Errorf("settings: rules: %w", nearest.None("rule", name, rules))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Flags)) {
		if f, ok := fixed[name]; ok {
			return passes.Settings{}, fmt.Errorf("settings: flags: %s cannot be set here: %s", name, f.because)
		}
		if flags := flagNames(); !slices.Contains(flags, name) {
			return passes.Settings{}, fmt.Errorf("settings: flags: %w", nearest.None("flag", name, flags))
		}
	}
	return s, nil
}

func checkKeys(given map[string]any) error {
	var keys []string
	for i, t := 0, reflect.TypeFor[passes.Settings](); i < t.NumField(); i++ {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		keys = append(keys, key)
	}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if place, ok := elsewhere[key]; ok {
			return fmt.Errorf("settings: %s is a setting of .errvet.yaml only; golangci-lint has %s", key, place)
		}
		if !slices.Contains(keys, key) {
			return fmt.Errorf("settings: %w", nearest.None("setting", key, keys))
		}
	}
	return nil
}

// flatten writes the flags in from to flat under their whole names, each value as it would be on a command line. The
// reader that golangci-lint uses takes the dot in errvet.strict for a way into a table of that name.
func flatten(flat map[string]any, prefix string, from map[string]any) {
	for name, value := range from {
		switch value := value.(type) {
		case map[string]any:
			flatten(flat, prefix+name+".", value)
		case bool, int, int64, uint64, float64:
			flat[prefix+name] = fmt.Sprint(value)
		default:
			flat[prefix+name] = value
		}
	}
}

// explain words an error of the decoder in the terms of whoever wrote the settings.
func explain(err error) error {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("settings: %w", err)
	}
	got, ok := map[string]string{"array": "a list", "object": "values by name"}[wrong.Value]
	if !ok {
		got = "a " + wrong.Value
	}
	return fmt.Errorf("settings: %s is %s; want %s", wrong.Field, got, kind(wrong.Type))
}

func kind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Map:
		return "values by name"
	}
	return "a " + t.String()
}

// flagNames returns the flags that can be set.
func flagNames() []string {
	var names []string
	for _, a := range passes.Analyzers() {
		a.Flags.VisitAll(func(f *flag.Flag) {
			if name := a.Name + "." + f.Name; fixed[name].because == "" {
				names = append(names, name)
			}
		})
	}
	return names
}
