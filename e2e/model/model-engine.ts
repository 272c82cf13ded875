/** An engine on a model's repository whose clock is ahead of the machine's. */
import { join } from 'node:path';
import { createEngine } from '#engine/create-engine.ts';
import type { Engine } from '#engine/engine.ts';
import { createNodePorts } from '../../electron/hosts/node-ports.ts';
import { MODEL_NODE, type ModelPlace } from './job.ts';

const CAPABILITIES = { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false };

/** The configuration folder of an engine of `folder`. */
export function configurationOf(folder: string): string {
  return join(folder, 'config', 'stillframe');
}

/** `aheadMs` is asked for at every look at the clock. */
export function modelEngine(place: ModelPlace, aheadMs: () => number): Promise<Engine> {
  const { folder } = place;
  const environment = {
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_DATA_HOME: join(folder, 'data'),
  };
  const ports = createNodePorts({ capabilities: CAPABILITIES, environment });
  const clock = { now: () => Date.now() + aheadMs(), monotonic: () => performance.now() };
  return createEngine(
    { ...ports, clock, nodeName: MODEL_NODE },
    { repositoryLocation: place.repository, passphrase: place.passphrase || undefined },
  );
}
