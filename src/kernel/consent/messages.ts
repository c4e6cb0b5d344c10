import type { Catalogue } from "../i18n/catalogue.ts";

/** What the kernel itself says about consent. */
export const consentMessages: Catalogue = {
  de: {
    stopped: {
      sie: "Erledigt: Sie bekommen von uns keine Hinweise mehr. Wenn Sie uns schreiben, antworten wir weiterhin.",
      du: "Erledigt: Du bekommst von uns keine Hinweise mehr. Wenn du uns schreibst, antworten wir weiterhin.",
    },
  },
  en: {
    stopped: "Done: you will get no more notices from us. When you write to us, we still answer.",
  },
};
