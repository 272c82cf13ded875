/** The files and the line of a schedule, asked again whenever it changes. */
import { useEffect, useState } from 'react';
import type { ScheduleDefinition, WireError } from '#contract';
import type { SchedulePreview } from '../../stores/schedules-store.ts';
import { useStores } from '../../stores/use-stores.ts';
import { toWireError } from '../../transport/remote-error.ts';

/** People type faster than this. */
const WAIT_MS = 250;

export interface ShownPreview {
  preview: SchedulePreview | null;
  error: WireError | null;
}

/** `definition`: `null` while there is nothing to ask about. */
export function usePreview(definition: ScheduleDefinition | null): ShownPreview {
  const { schedules } = useStores();
  const [shown, setShown] = useState<ShownPreview>({ preview: null, error: null });
  const text = JSON.stringify(definition);
  useEffect(() => {
    const asked = JSON.parse(text) as ScheduleDefinition | null;
    if (asked === null) return;
    let current = true;
    const timer = setTimeout(() => {
      schedules
        .getState()
        .preview(asked)
        .then(
          (preview) => current && setShown({ preview, error: null }),
          (thrown: unknown) => current && setShown((before) => ({ ...before, error: toWireError(thrown) })),
        );
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, schedules]);
  return shown;
}
