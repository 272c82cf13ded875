/** Online Image Support and keys answered from canned data. */
import { implement } from '@orpc/server';
import { contract } from '#contract';

const os = implement(contract);

export function supportAnswers() {
  return {
    providers: os.support.providers.handler(() => ({ providers: [] })),
    run: os.support.run.handler(() => ({ succeeded: true, output: '' })),
  };
}

export function keyAnswers() {
  return {
    keys: os.repository.keys.handler(() => ({ keys: [] })),
    changePassphrase: os.repository.changePassphrase.handler(() => ({})),
    addRecoveryKey: os.repository.addRecoveryKey.handler(() => ({
      recoveryKey: 'KQ7M-2RTD-9XWF-HB4N-6VJC-PZ3A-8YGE-5SLU',
    })),
    removeKey: os.repository.removeKey.handler(() => ({})),
  };
}
