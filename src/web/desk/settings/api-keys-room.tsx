export function ApiKeysRoom() {
  return null;
}
