/** Lets the browser keep bytes as a file: the key goes as a header, so files come by a call and are saved from memory. */
export function saveBlob(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has read it by then; earlier would cut large files off.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
