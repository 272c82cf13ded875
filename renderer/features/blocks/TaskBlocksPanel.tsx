/** The live block map of a running backup. */
export function TaskBlocksPanel(_properties: { taskId: string }) {
  return null;
}
