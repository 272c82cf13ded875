/** `-pick`: images from a numbered list, at a terminal. */
import type { ImageSummary } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { instantFormatter } from '../dates/moments.ts';
import { imageTable } from '../text/image-text.ts';
import { pickedNumbers } from './choose-versions.ts';
import { formatsOf } from './version-options.ts';

const ATTEMPTS = 3;

/** Throws `OPTION_INVALID` where nobody can choose. */
export function assertCanPick({ output, terminal }: Pick<CommandContext, 'output' | 'terminal'>): void {
  if (terminal.interactive && !output.style.json) return;
  throw new EngineError('OPTION_INVALID', {
    option: 'pick',
    reason: output.style.json
      ? 'A list to choose from and JSON do not go together.'
      : 'There is no terminal to choose at.',
    remedy: 'Name the id of an image, which “query image -inactive” shows, or use -pitdate.',
  });
}

/** Shows the list and asks; `one`: exactly one. Throws `CANCELLED`, and `COMMAND_INVALID` where nothing fits. */
export async function pickImages(
  { output, terminal, cancellation, options }: CommandContext,
  images: readonly ImageSummary[],
  { one }: { one: boolean },
): Promise<ImageSummary[]> {
  output.message(...imageTable(images, instantFormatter(formatsOf(options))), '');
  const question = one ? 'Number of the image: ' : 'Numbers of the images, e.g. 1 or 1 3-5: ';
  for (let attempt = 1; ; attempt++) {
    const numbers = pickedNumbers(await terminal.ask(question, cancellation.signal), images.length);
    if (numbers && !(one && numbers.length > 1)) return numbers.flatMap((number) => images[number - 1] ?? []);
    const reason = one ? 'One of the numbers of the list is needed.' : 'Numbers of the list are needed.';
    if (attempt === ATTEMPTS) throw new EngineError('COMMAND_INVALID', { reason, remedy: 'Run the command again.' });
    output.message(reason);
  }
}
