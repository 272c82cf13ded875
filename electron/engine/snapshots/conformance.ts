/** What every provider must do. A provider's test calls `describeProvider` with volumes for it. */
import { describe, test } from 'vitest';
import { providerCases } from './conformance/cases.ts';
import type { ProviderSubject } from './conformance/stand.ts';

/** Registers the suite. `skip`: why this machine cannot run it; absent where it can. */
export function describeProvider(subject: ProviderSubject, skip?: string | undefined): void {
  describe(`${subject.name} as a snapshot provider`, () => {
    for (const { title, run } of providerCases(subject)) {
      test(title, async (context) => {
        if (skip !== undefined) context.skip(`SKIPPED: this test ${skip}`);
        await run();
      });
    }
  });
}
