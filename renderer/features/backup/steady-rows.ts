/** Keeps rows where they are while somebody points at them, although devices come and go. */
import { useState } from 'react';
import type { Volume } from '#contract';

type Gone = Readonly<Record<string, Volume>>;

/**
 * The volumes in the order in which they are shown, with the facts of now. What is `gone` keeps its place; what was taken
 * off the list leaves at once; what is new has to wait.
 */
export function steadyVolumes(shown: readonly Volume[], now: readonly Volume[], gone: Gone): Volume[] {
  const known = new Map(now.map((volume) => [volume.name, volume]));
  return shown.flatMap((volume) => known.get(volume.name) ?? gone[volume.name] ?? []);
}

/** The volumes that are here, and behind them those that are missed: selected, but gone. */
export function withMissed(now: readonly Volume[], gone: Gone, selected: readonly string[]): Volume[] {
  const here = new Set(now.map(({ name }) => name));
  const missed = selected.flatMap((name) => (here.has(name) ? [] : (gone[name] ?? [])));
  // A disk that left with its volumes is their heading still.
  const parents = missed.flatMap(({ parent }) => {
    const disk = parent === undefined || here.has(parent) ? undefined : gone[parent];
    return disk && !missed.includes(disk) ? [disk] : [];
  });
  return [...now, ...new Set(parents), ...missed];
}

/** Of `volumes` those to show, and the handlers for the element that shows them. */
export function useSteadyVolumes(volumes: readonly Volume[], gone: Gone) {
  const [held, setHeld] = useState<readonly Volume[] | null>(null);
  return {
    volumes: held ? steadyVolumes(held, volumes, gone) : volumes,
    pointer: {
      onPointerEnter: () => setHeld(volumes),
      onPointerLeave: () => setHeld(null),
    },
  };
}
