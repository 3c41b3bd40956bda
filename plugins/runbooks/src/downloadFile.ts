/** Gives the person a file with this text. */
export function downloadFile(name: string, mimeType: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: mimeType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
