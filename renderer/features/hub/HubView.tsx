/** The hub: the four ways in, and how well every volume is protected. */
export function HubView() {
  return <div className="sf-view" />;
}
