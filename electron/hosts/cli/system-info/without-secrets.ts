/** What is shown of places and settings that may carry secrets. */

/** A location without a user's name, a password, or what follows a question mark. */
export function withoutCredentials(location: string): string {
  return location.replace(/\/\/[^/?#]*@/, '//***@').replace(/[?].*$/s, '?***');
}

/** A value that may be a secret, or hold one, is only said to be there. */
export function onlyThatItIsSet(value: string): string {
  return value === '' ? '' : '(set, not shown)';
}
