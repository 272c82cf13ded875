/** Edit → Client Preferences. */
export function PreferencesView() {
  return <div className="sf-view" />;
}
