/** Utilities → Setup Wizard, as a dialog over the view. */
export function SetupWizard() {
  return null;
}
