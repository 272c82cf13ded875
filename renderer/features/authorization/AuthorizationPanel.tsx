/** Keys of the repository: who may open it, passphrase, recovery keys. Shown in Preferences → Authorization. */
export function AuthorizationPanel() {
  return null;
}
