import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Language, type Room, type RoomCatalogue, translator } from "./catalogue.ts";
import { TextContext, useText } from "./use-text.ts";

const load: { [R in Room]: Record<Language, () => Promise<RoomCatalogue<R>>> } = {
  business: {
    de: async () => (await import("../messages/de/business.ts")).business,
    en: async () => (await import("../messages/en/business.ts")).business,
  },
  coin: {
    de: async () => (await import("../messages/de/coin.ts")).coin,
    en: async () => (await import("../messages/en/coin.ts")).coin,
  },
  colleagues: {
    de: async () => (await import("../messages/de/colleagues.ts")).colleagues,
    en: async () => (await import("../messages/en/colleagues.ts")).colleagues,
  },
  delivery: {
    de: async () => (await import("../messages/de/delivery.ts")).delivery,
    en: async () => (await import("../messages/en/delivery.ts")).delivery,
  },
  deliveryCard: {
    de: async () => (await import("../messages/de/delivery-card.ts")).deliveryCard,
    en: async () => (await import("../messages/en/delivery-card.ts")).deliveryCard,
  },
  deliverySent: {
    de: async () => (await import("../messages/de/delivery-sent.ts")).deliverySent,
    en: async () => (await import("../messages/en/delivery-sent.ts")).deliverySent,
  },
  deliverySetup: {
    de: async () => (await import("../messages/de/delivery-setup.ts")).deliverySetup,
    en: async () => (await import("../messages/en/delivery-setup.ts")).deliverySetup,
  },
  flows: {
    de: async () => (await import("../messages/de/flow-editor.ts")).flows,
    en: async () => (await import("../messages/en/flow-editor.ts")).flows,
  },
  goLive: {
    de: async () => (await import("../messages/de/go-live.ts")).goLive,
    en: async () => (await import("../messages/en/go-live.ts")).goLive,
  },
  intake: {
    de: async () => (await import("../messages/de/intake.ts")).intake,
    en: async () => (await import("../messages/en/intake.ts")).intake,
  },
  lookup: {
    de: async () => (await import("../messages/de/lookup.ts")).lookup,
    en: async () => (await import("../messages/en/lookup.ts")).lookup,
  },
  notices: {
    de: async () => (await import("../messages/de/notices.ts")).notices,
    en: async () => (await import("../messages/en/notices.ts")).notices,
  },
  packs: {
    de: async () => (await import("../messages/de/packs.ts")).packs,
    en: async () => (await import("../messages/en/packs.ts")).packs,
  },
  pay: {
    de: async () => (await import("../messages/de/pay.ts")).pay,
    en: async () => (await import("../messages/en/pay.ts")).pay,
  },
  teaching: {
    de: async () => (await import("../messages/de/teaching.ts")).teaching,
    en: async () => (await import("../messages/en/teaching.ts")).teaching,
  },
  telephone: {
    de: async () => (await import("../messages/de/telephone.ts")).telephone,
    en: async () => (await import("../messages/en/telephone.ts")).telephone,
  },
  till: {
    de: async () => (await import("../messages/de/till.ts")).till,
    en: async () => (await import("../messages/en/till.ts")).till,
  },
  week: {
    de: async () => (await import("../messages/de/week.ts")).week,
    en: async () => (await import("../messages/en/week.ts")).week,
  },
};

interface RoomWordsProps {
  room: Room;
  /** Without its words it is left out, and the page around stands. */
  isExtra?: boolean;
  children: ReactNode;
}

/** Adds the sentences of a room, so that they are no part of the desk's first load. */
export function RoomWords({ room, isExtra = false, children }: RoomWordsProps) {
  const tools = useText();
  const { language, form, catalogue } = tools;
  const [loaded, setLoaded] = useState<{ language: Language; words: RoomCatalogue<Room> } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    load[room][language]().then((words) => {
      if (isCurrent) setLoaded({ language, words });
    }, setFailure);
    return () => {
      isCurrent = false;
    };
  }, [room, language]);
  const more = useMemo(() => {
    if (loaded?.language !== language) return null;
    const all = { ...catalogue, ...loaded.words };
    return { ...tools, catalogue: all, t: translator({ language, form, catalogue: all }) };
  }, [tools, loaded, language, form, catalogue]);
  // The page around says that it cannot be shown, with the way to try again.
  if (failure && !isExtra) throw failure;
  return more && <TextContext value={more}>{children}</TextContext>;
}
