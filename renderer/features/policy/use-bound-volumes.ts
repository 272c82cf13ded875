/** Which volumes are bound to which class: that of their newest image. */
import { useMemo } from 'react';
import { classNamed } from '../../stores/policy-draft.ts';
import { shownSet } from '../../stores/policy-store.ts';
import { decisionsByVolume } from '../../stores/retention-store.ts';
import { useValue } from '../../stores/use-stores.ts';

/** Names of volumes; those of other computers with the computer's name before them. */
export function useBoundVolumes(): (className: string) => readonly string[] {
  const decisions = useValue('retention', (state) => state.decisions.value);
  const set = useValue('policy', shownSet);
  const node = useValue('system', (state) => state.description.value?.nodeName);
  const byClass = useMemo(() => {
    const groups = new Map<string, string[]>();
    for (const { volume, hostname, managementClass } of decisionsByVolume(Object.values(decisions))) {
      // A class that is gone: the default class counts.
      const counts = set && !classNamed(set, managementClass) ? set.defaultClass : managementClass;
      const key = counts.toLowerCase();
      const name = node === undefined || hostname === node ? volume : `${hostname}: ${volume}`;
      groups.set(key, [...(groups.get(key) ?? []), name]);
    }
    return groups;
  }, [decisions, set, node]);
  return (className) => byClass.get(className.toLowerCase()) ?? [];
}
