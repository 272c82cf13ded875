/** Block maps of stored images, and the difference of two. */
import type { BlockMap, ImageComparison } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { Repository } from '../repository/types.ts';

export async function imageBlocks(_repository: Repository, _id: string): Promise<BlockMap> {
  throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Block maps cannot be made here.' });
}

export async function compareImages(
  _repository: Repository,
  _request: { before: string; after: string },
): Promise<ImageComparison> {
  throw new EngineError('UNSUPPORTED_ON_HOST', { reason: 'Block maps cannot be made here.' });
}
