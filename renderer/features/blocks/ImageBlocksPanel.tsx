/** The block map of a stored image. */
export function ImageBlocksPanel(_properties: { imageId: string }) {
  return null;
}
