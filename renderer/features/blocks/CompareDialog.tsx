/** View → Compare images: which blocks differ between two images of one volume. */
export function CompareDialog() {
  return null;
}
