/**
 * What a shell loads: it hands the words typed so far to `gonogo complete`, through the very command that is typed, and
 * shows what that answers. A value that ends in "." or "/" goes on, so no space follows it.
 */
export const SCRIPTS: Readonly<Record<"bash" | "zsh" | "fish", string>> = {
  bash: `_gonogo() {
  local line name
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :files | :directories)
        compopt -o filenames 2>/dev/null
        [ "$line" = :files ] && name=-f || name=-d
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$name" -- "$2")
        return ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${COMP_WORDS[0]/#\\~/$HOME}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case "\${COMPREPLY[0]}" in *[./=]) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _gonogo gonogo
`,
  zsh: `#compdef gonogo
_gonogo() {
  local line value
  local -a ends on
  for line in "\${(@f)$("\${(e)words[1]/#\\~/$HOME}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case "$line" in
      "") ;;
      :files) _files; return ;;
      :directories) _files -/; return ;;
      *)
        value="\${\${line%%$'\\t'*}//:/\\\\:}"
        [[ "$line" == *$'\\t'* ]] && value+=":\${line#*$'\\t'}"
        if [[ "\${line%%$'\\t'*}" == *[./=] ]]; then on+=("$value"); else ends+=("$value"); fi ;;
    esac
  done
  (( \${#ends} )) && _describe -V gonogo ends
  (( \${#on} )) && _describe -V gonogo on -S ''
}
if [[ "\${funcstack[1]}" == _gonogo ]]; then _gonogo "$@"; else compdef _gonogo gonogo; fi
`,
  fish: `function __gonogo_complete
  set -l words (commandline -opc)
  set -l typed (commandline -ct)
  for line in (command $words[1] complete -- $words[2..-1] "$typed" 2>/dev/null)
    switch $line
      case :files
        __fish_complete_path "$typed"
      case :directories
        __fish_complete_directories "$typed"
      case '*'
        echo $line
    end
  end
end
complete -c gonogo -f -a "(__gonogo_complete)"
`,
};
