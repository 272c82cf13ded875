/** `completion bash|zsh|fish`: the completion script of a shell. `completion volumes`: what those scripts ask for. */
import type { PlainContext } from '../command-context.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { invalid } from '../phrases.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export async function run({ operands, output, session }: PlainContext): Promise<ReturnCode> {
  const [typed = ''] = operands;
  if (typed === 'volumes') {
    const volumes = await session.volumeNames();
    output.result(...volumes);
    output.json({ volumes });
    return output.worst;
  }
  const shell = (['bash', 'zsh', 'fish'] as const).find((name) => name === typed.toLowerCase());
  if (shell === undefined) throw invalid(`There is no completion for “${typed}”.`, 'There is for bash, zsh and fish.');
  const script = SCRIPTS[shell]();
  output.result(...script);
  output.json({ shell, script: `${script.join('\n')}\n` });
  return output.worst;
}
