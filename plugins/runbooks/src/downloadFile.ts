/** Gives the person a file with this content. */
export function downloadFile(
  name: string,
  mimeType: string,
  content: string | Blob,
) {
  const address = URL.createObjectURL(new Blob([content], { type: mimeType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
