import {
  createSource,
  deleteSource,
  fetchSource,
  listSourceItems,
  listSources,
  previewSource,
  type Source,
  updateSource,
  uploadSourceCsv,
} from "../../../skills/notices/api.ts";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";
import { minutesFromNow, type World } from "./world.ts";

const usualSeconds = 60;

function sourceOf(world: World, id: number): Source {
  const source = world.told.sources.find((one) => one.id === id);
  if (!source) throw new Refusal(404, "not_found");
  return source;
}

function reading(world: World) {
  return {
    health: { light: "ok" as const, text: "Gelesen, 2 Einträge." },
    items: world.told.items.map(({ isLive: _live, parts: _parts, seenAt: _seen, ...item }) => item),
    itemCount: world.told.items.length,
    problems: [{ code: "no_language", text: "Ein Eintrag nennt keine Sprache: alert-1." }],
    keys: [
      { key: "line", example: "U3" },
      { key: "stop", example: "Haltestelle 1" },
    ],
  };
}

export const sourceRoutes = [
  on(listSources, (world) => ({ items: world.told.sources })),
  on(createSource, (world, { body }) => {
    const id = Math.max(0, ...world.told.sources.map((one) => one.id)) + 1;
    const made: Source = {
      ...body,
      id,
      intervalSeconds: body.intervalSeconds ?? usualSeconds,
      health: { light: "off", text: "Noch nicht gelesen." },
      names: 0,
      liveItems: 0,
      triedAt: null,
      succeededAt: null,
      nextAt: null,
      inbound: body.kind === "webhook" ? `/api/v1/notice-sources/inbound/1-${id}` : null,
      createdAt: minutesFromNow(0),
    };
    world.told.sources.push(made);
    return { ...made, secret: body.kind === "webhook" ? "whsec_7f3a91c0Il1O08B" : null };
  }),
  on(updateSource, (world, { params, body }) => {
    const source = sourceOf(world, params.id);
    const { intervalSeconds, ...rest } = body;
    return Object.assign(source, rest, intervalSeconds && { intervalSeconds });
  }),
  on(deleteSource, (world, { params }) => {
    world.told.sources = world.told.sources.filter(({ id }) => id !== params.id);
    return { ok: true as const };
  }),
  on(previewSource, (world, { body }) => {
    if (!body.url.includes("10.0.0.")) return reading(world);
    return {
      health: { light: "bad" as const, text: "Diese Adresse liegt in einem privaten Netz." },
      items: [],
      itemCount: 0,
      problems: [],
      keys: [],
    };
  }),
  on(fetchSource, (world) => ({ ...reading(world), stories: 1 })),
  on(listSourceItems, (world, { params }) => ({
    items: sourceOf(world, params.id).id === 1 ? world.told.items : [],
  })),
  on(uploadSourceCsv, (_world, { body }) => ({
    items: body.csv.trim().split("\n").length - 1,
    stories: 1,
    problems: [],
  })),
];
