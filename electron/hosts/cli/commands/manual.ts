/** `manual`: the manual page, for man. */
import type { PlainContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { manualPage } from '../manual/manual.ts';

export async function run({ output }: PlainContext): Promise<ReturnCode> {
  const page = manualPage();
  output.result(...page);
  output.json({ page: `${page.join('\n')}\n` });
  return output.worst;
}
