/** The images that operands mean: names of volumes, or ids. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ImageSummary } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { CommandContext } from './command-context.ts';

type Asks = Pick<CommandContext, 'engine' | 'cancellation'>;

/** What one operand means. */
export type NamedImages =
  /** `images`: of this node's volume, newest first. */
  { kind: 'volume'; volume: string; images: ImageSummary[] } | { kind: 'image'; image: ImageSummary };

/**
 * A volume of this node by its name, by a relative path or by a link to it, else an image by its id or a unique
 * beginning of that. Throws `IMAGE_NOT_FOUND` and `IMAGE_AMBIGUOUS`.
 */
export async function imagesNamed({ engine, cancellation }: Asks, operands: readonly string[]): Promise<NamedImages[]> {
  const images = await cancellation.race(engine.listImages());
  const { nodeName } = engine.describe();
  return Promise.all(operands.map((operand) => namedBy(operand, images, nodeName)));
}

async function namedBy(typed: string, images: readonly ImageSummary[], nodeName: string): Promise<NamedImages> {
  const absolute = resolve(typed);
  const names = [typed, absolute, await realpath(absolute).catch(() => absolute)];
  const own = images.filter(({ hostname }) => hostname === nodeName);
  const volume = names.find((name) => own.some((image) => image.volume === name));
  if (volume !== undefined) return { kind: 'volume', volume, images: own.filter((image) => image.volume === volume) };
  const prefix = typed.toLowerCase();
  const matching = /^[0-9a-f]{4,64}$/.test(prefix) ? images.filter(({ id }) => id.startsWith(prefix)) : [];
  const [image, ...others] = matching;
  if (image === undefined) throw notFound(typed, images, nodeName);
  if (others.length > 0) throw new EngineError('IMAGE_AMBIGUOUS', { image: typed });
  return { kind: 'image', image };
}

function notFound(typed: string, images: readonly ImageSummary[], nodeName: string): EngineError {
  const foreign = images.find(({ volume }) => volume === typed);
  if (foreign === undefined) return new EngineError('IMAGE_NOT_FOUND', { image: typed });
  return new EngineError('IMAGE_NOT_FOUND', {
    image: typed,
    reason: `Its images were made on ${foreign.hostname}, not on ${nodeName}.`,
    remedy: `Name an image by its id, for instance ${foreign.id.slice(0, 8)}.`,
  });
}
