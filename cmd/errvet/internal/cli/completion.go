package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"text/template"
)

// completion prints a script for a shell. The words it offers are those of this program; packages are left to the
// shell's completion of directories.
func (p *program) completion(_ context.Context, args []string) (int, error) {
	if len(args) != 1 || shells[args[0]] == nil {
		return exitFailed, errors.New("completion wants the name of a shell: bash, zsh or fish")
	}
	var words struct{ Commands, Flags, Rules []string }
	for _, c := range commands() {
		words.Commands = append(words.Commands, c.name)
	}
	p.flags(&options{rules: make(map[string]bool)}).VisitAll(func(f *flag.Flag) { words.Flags = append(words.Flags, "-"+f.Name) })
	for _, r := range p.suite.Rules {
		words.Rules = append(words.Rules, r.Name())
	}
	var b strings.Builder
	if err := shells[args[0]].Execute(&b, words); err != nil {
		return exitFailed, fmt.Errorf("writing the script: %w", err)
	}
	return exitClean, write(p.stdout, b.String())
}

var shells = map[string]*template.Template{
	"bash": shell("bash", `# errvet completion bash > ~/.local/share/bash-completion/completions/errvet
_errvet() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
	case $before in
	explain|help) COMPREPLY=($(compgen -W 'settings json {{join .Rules}}' -- "$word")) ;;
	completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word")) ;;
	-baseline|-write-baseline|-config) COMPREPLY=($(compgen -f -- "$word")) ;;
	-fixes) COMPREPLY=($(compgen -W 'auto std fault' -- "$word")) ;;
	-color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")) ;;
	*)
		case $word in
		-*) COMPREPLY=($(compgen -W '{{join .Flags}}' -- "$word")) ;;
		*)
			COMPREPLY=($(compgen -d -- "$word"))
			if [ "$COMP_CWORD" = 1 ]; then COMPREPLY+=($(compgen -W '{{join .Commands}}' -- "$word")); fi ;;
		esac ;;
	esac
}
complete -o filenames -F _errvet errvet
`),
	"zsh": shell("zsh", `#compdef errvet
# errvet completion zsh > "${fpath[1]}/_errvet"
_errvet() {
	case $words[CURRENT-1] in
	explain|help) compadd -- settings json {{join .Rules}} ;;
	completion) compadd -- bash zsh fish ;;
	-baseline|-write-baseline|-config) _files ;;
	-fixes) compadd -- auto std fault ;;
	-color) compadd -- auto always never ;;
	*)
		case $words[CURRENT] in
		-*) compadd -- {{join .Flags}} ;;
		*)
			_files -/
			if (( CURRENT == 2 )); then compadd -- {{join .Commands}}; fi ;;
		esac ;;
	esac
}
_errvet "$@"
`),
	"fish": shell("fish", `# errvet completion fish > ~/.config/fish/completions/errvet.fish
complete -c errvet -f
complete -c errvet -n '__fish_is_first_arg' -a '{{join .Commands}}'
complete -c errvet -n '__fish_seen_subcommand_from explain help' -a '{{join .Rules}}'
complete -c errvet -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c errvet -n 'not __fish_seen_subcommand_from {{join .Commands}}' -a '(__fish_complete_directories)'
{{range .Flags}}complete -c errvet -o {{slice . 1}}
{{end}}`),
}

func shell(name, text string) *template.Template {
	return template.Must(template.New(name).Funcs(template.FuncMap{"join": func(words []string) string { return strings.Join(words, " ") }}).Parse(text))
}
