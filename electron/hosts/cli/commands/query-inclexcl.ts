/** `query inclexcl [VOLUME]`. */
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { type ExaminedRule, inclexclLines } from '../text/inclexcl-text.ts';

export async function run({ operands, output, engine, cancellation }: CommandContext): Promise<ReturnCode> {
  const [volume] = operands;
  const { path, rules } = await cancellation.race(engine.preferences.describe());
  const examined: ExaminedRule[] = rules.toReversed().map((rule) => ({
    mode: rule.kind === 'include.image' ? 'Include' : 'Exclude',
    function: 'Image',
    pattern: rule.pattern,
    managementClass: rule.managementClass,
    options: rule.options,
    file: path,
    line: rule.line,
  }));
  const tested = volume === undefined ? undefined : await cancellation.race(engine.preferences.test({ volume }));
  const holds = rules[tested?.evaluated.find(({ matches }) => matches)?.rule ?? -1];
  if (tested && holds === undefined && tested.evaluated.some(({ matches }) => matches)) {
    throw new EngineError('INTERNAL', { reason: 'The rules changed while they were looked at.' });
  }
  const verdict = tested && {
    volume: tested.volume,
    excluded: tested.excluded,
    line: holds?.line ?? null,
    managementClass: holds?.managementClass || null,
  };
  output.json({ file: path, rules: examined, ...(verdict ? { verdict } : {}) });
  output.result(...inclexclLines(examined, verdict));
  return output.worst;
}
