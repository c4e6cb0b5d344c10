/** What the widget keeps in the browser, and only after the customer spoke. Without storage it lives in memory. */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
}

/**
 * localStorage of the site, below a prefix of our own. Browsers that forbid it (private windows, strict settings)
 * get memory: the conversation then lasts as long as the page.
 */
export function browserKeep(widgetKey: string): Keep {
  const memory = new Map<string, string>();
  const full = (name: string) => `augenhoehe:${widgetKey}:${name}`;
  return {
    get(name) {
      try {
        return window.localStorage.getItem(full(name)) ?? memory.get(name) ?? null;
      } catch {
        return memory.get(name) ?? null;
      }
    },
    set(name, value) {
      try {
        window.localStorage.setItem(full(name), value);
      } catch {
        memory.set(name, value);
      }
    },
    remove(name) {
      memory.delete(name);
      try {
        window.localStorage.removeItem(full(name));
      } catch {
        // Nothing was kept there then.
      }
    },
  };
}
