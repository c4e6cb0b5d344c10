const key = "ah.tenant";

/** The company that the desk works in; null = the session's first. Kept per browser tab, so that two tabs may differ. */
export function chosenTenant(): number | null {
  const kept = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  return kept === null ? null : Number(kept);
}

export function chooseTenant(id: number | null): void {
  if (id === null) {
    sessionStorage.removeItem(key);
    localStorage.removeItem(key);
    return;
  }
  sessionStorage.setItem(key, String(id));
  localStorage.setItem(key, String(id));
}
