export function ParkedPage() {
  return null;
}
