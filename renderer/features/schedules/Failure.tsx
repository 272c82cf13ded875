/** Why a change was not made, brought into view: it appears below what was filled in. */
import { useEffect, useRef } from 'react';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { useValue } from '../../stores/use-stores.ts';

export function Failure() {
  const failure = useValue('schedules', (state) => state.failure);
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) shown.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);
  return failure ? (
    <div ref={shown}>
      <ErrorCard error={failure} />
    </div>
  ) : null;
}
