/** Block maps answered from canned data. */
import { implement } from '@orpc/server';
import { contract } from '#contract';
import { fail } from './fixture-backup.ts';

const os = implement(contract);

export function blockAnswers() {
  return {
    ofImage: {
      blocks: os.images.blocks.handler(() => fail('IMAGE_NOT_FOUND')),
      compare: os.images.compare.handler(() => fail('IMAGE_NOT_FOUND')),
    },
    ofTask: {
      blocks: os.tasks.blocks.handler(() => fail('TASK_NOT_FOUND')),
    },
  };
}
