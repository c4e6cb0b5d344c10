export function TextBlocksRoom() {
  return null;
}
