export function PreferencesRoom() {
  return null;
}
