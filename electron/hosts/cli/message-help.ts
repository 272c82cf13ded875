/** `help SFR1228E`: what the catalogue says about a message. */

/** True for a word that can only be meant as a message, whether there is one or not. */
export function looksLikeMessageId(word: string): boolean {
  return /^(?:(?:sfr|an[se])\d{1,5}[a-z]?|\d{4}[iwes]?)$/i.test(word);
}

/** Lines of help about the message of an id (`SFR1228E`, `1228E`, `1228`); undefined where there is none. */
export function messageHelp(_id: string): string[] | undefined {
  return undefined;
}
