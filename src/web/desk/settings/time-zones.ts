/** All IANA time zones that the browser knows. */
export function timeZones(): readonly string[] {
  return Intl.supportedValuesOf("timeZone");
}
