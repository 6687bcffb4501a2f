import { type CommandModule, examples } from "../command.ts";
import { noSuch } from "../no-such.ts";
import { SCRIPTS } from "./scripts.ts";

const SHELLS = Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[];

export const completionCommand: CommandModule = {
  completes: { shell: SHELLS },
  declare(command) {
    command.argument("<shell>", "bash, zsh or fish");
    examples(command, [
      ["gonogo completion bash > ~/.local/share/bash-completion/completions/gonogo", "bash"],
      ["gonogo completion zsh > ~/.zfunc/_gonogo", "zsh"],
      ["gonogo completion fish > ~/.config/fish/completions/gonogo.fish", "fish"],
    ]);
  },
  async run({ output }, { args: [name = ""] }) {
    const shell = SHELLS.find((each) => each === name);
    if (!shell) throw noSuch("shell", name, { known: SHELLS });
    output.write(SCRIPTS[shell]);
    return 0;
  },
};
