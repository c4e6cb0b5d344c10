/** Lets the browser keep a text as a file. */
export function saveFile(name: string, text: string, mime: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mime }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read it by then; earlier would cut large files off.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
