/** Hands a file to the person by way of the browser's downloads. */

/** The browser takes the data when it has got round to it. */
const KEPT_MS = 60_000;

export function saveFile({ fileName, mediaType, text }: { fileName: string; mediaType: string; text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
