export function CompanyRoom() {
  return null;
}
