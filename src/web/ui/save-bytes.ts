/** Lets the browser keep a file that came as base64. */
export function saveBytes(name: string, base64: string, mime: string): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: mime }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read it by then; earlier would cut large files off.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
