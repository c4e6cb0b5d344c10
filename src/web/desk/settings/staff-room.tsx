export function StaffRoom() {
  return null;
}
