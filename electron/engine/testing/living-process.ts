/** Records as a process that lives keeps them. */
import { ownIdentity } from '../volumes/process-identity.ts';

/** The record of this process. */
export async function livingProcessRecord(): Promise<string> {
  return JSON.stringify(await ownIdentity());
}
