/** What the catalogue of messages says about one of them. */

/** Lines of help about the message of an id (`SFR1228E`, `1228E`, `1228`); undefined where there is none. */
export function messageHelp(_id: string): string[] | undefined {
  return undefined;
}
