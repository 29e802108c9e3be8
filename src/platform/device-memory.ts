/** This device's memory in bytes, roughly; undefined where the browser does not tell (it is Chromium that does). */
export function deviceMemoryBytes(): number | undefined {
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return deviceMemory === undefined ? undefined : deviceMemory * 2 ** 30;
}
