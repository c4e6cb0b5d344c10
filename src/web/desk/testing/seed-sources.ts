import type { Source } from "../../../skills/notices/api.ts";
import type { ToldWorld } from "./told-world.ts";
import { minutesFromNow } from "./world.ts";

/** Sources in every health. */
export function seedSources(): Pick<ToldWorld, "sources" | "items"> {
  const gtfs: Source = {
    id: 1,
    kind: "gtfs_rt",
    name: "Verkehrsbetriebe, Störungen",
    url: "https://verkehr.example/gtfs-rt/alerts.pb",
    namesUrl: "https://verkehr.example/gtfs.zip",
    language: "de",
    topicId: 1,
    isAutomatic: true,
    mapping: { line: "line" },
    intervalSeconds: 60,
    isActive: true,
    health: { light: "ok", text: "Zuletzt vor einer Minute gelesen." },
    names: 3120,
    liveItems: 2,
    triedAt: minutesFromNow(-1),
    succeededAt: minutesFromNow(-1),
    nextAt: minutesFromNow(0.5),
    inbound: null,
    createdAt: minutesFromNow(-9_000),
  };
  return {
    sources: [
      gtfs,
      {
        ...gtfs,
        id: 2,
        kind: "feed",
        name: "Neues aus dem Laden",
        url: "https://hansekontor.example/neu.xml",
        namesUrl: null,
        topicId: 2,
        isAutomatic: false,
        mapping: {},
        intervalSeconds: 900,
        health: {
          light: "bad",
          text: "Seit 18:07 Uhr antwortet die Adresse nicht. Der nächste Versuch folgt.",
        },
        names: 0,
        liveItems: 0,
        succeededAt: minutesFromNow(-600),
        nextAt: minutesFromNow(30),
      },
      {
        ...gtfs,
        id: 3,
        kind: "webhook",
        name: "Leitstelle",
        url: null,
        namesUrl: null,
        health: { light: "off", text: "Pausiert." },
        isActive: false,
        names: 0,
        liveItems: 0,
        triedAt: null,
        succeededAt: null,
        nextAt: null,
        inbound: "/api/v1/notice-sources/inbound/1-3",
      },
    ],
    items: seedItems(),
  };
}

function seedItems(): ToldWorld["items"] {
  return [
    {
      id: "alert-1",
      title: { de: "Signalstörung bei Barmbek", en: null },
      text: { de: "Die U3 fährt nur bis Mundsburg. Ersatzbusse ab Wartenau.", en: null },
      link: null,
      startsAt: minutesFromNow(-25),
      endsAt: null,
      values: { line: ["U3"], stop: Array.from({ length: 12 }, (_, at) => `Haltestelle ${at + 1}`) },
      isCancelled: false,
      isLive: true,
      parts: 1,
      seenAt: minutesFromNow(-24),
    },
    {
      id: "alert-0",
      title: { de: "Umleitung Bus 6", en: null },
      text: { de: "Vorbei.", en: null },
      link: null,
      startsAt: minutesFromNow(-900),
      endsAt: minutesFromNow(-300),
      values: { line: ["6"] },
      isCancelled: false,
      isLive: false,
      parts: 2,
      seenAt: minutesFromNow(-900),
    },
  ];
}
