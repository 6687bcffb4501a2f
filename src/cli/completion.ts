import { UserError } from "../model/errors.ts";
import { type CommandModule, examples } from "./command.ts";

const SCRIPTS: Readonly<Record<string, (names: string) => string>> = {
  bash: (names) => `_gonogo() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${names}" -- "$word"));
  else COMPREPLY=($(compgen -W "$(gonogo \${COMP_WORDS[1]} --help 2>/dev/null | grep -oE -- '--[a-z-]+')" -- "$word") $(compgen -f -- "$word")); fi
}
complete -F _gonogo gonogo
`,
  zsh: (names) => `#compdef gonogo
_gonogo() {
  if (( CURRENT == 2 )); then compadd ${names};
  else compadd -- \${(f)"$(gonogo $words[2] --help 2>/dev/null | grep -oE -- '--[a-z-]+')"}; _files; fi
}
compdef _gonogo gonogo
`,
  fish: (names) => `complete -c gonogo -n __fish_use_subcommand -f -a "${names}"
complete -c gonogo -n "not __fish_use_subcommand" -a "(gonogo (commandline -opc)[2] --help 2>/dev/null | string match -rg -- '(--[a-z-]+)')"
`,
};

export function completionCommand(commands: readonly string[]): CommandModule {
  return {
    declare(command) {
      command.argument("<shell>", "bash, zsh or fish");
      examples(command, [
        ["gonogo completion bash > ~/.local/share/bash-completion/completions/gonogo", "bash"],
        ["gonogo completion zsh > ~/.zfunc/_gonogo", "zsh"],
        ["gonogo completion fish > ~/.config/fish/completions/gonogo.fish", "fish"],
      ]);
    },
    async run({ output }, { args }) {
      const script = SCRIPTS[args[0] ?? ""];
      if (!script) throw new UserError(`no completion for ${args[0]}`, { fix: "bash, zsh or fish" });
      output.write(script(commands.join(" ")));
      return 0;
    },
  };
}
