/** WhatsApp Cloud API: verify, parse, send, limits. The only door of this room. */
import type { ChannelAdapter } from "#kernel";
import { addressOf, looksBroken } from "./address.ts";
import { check } from "./check.ts";
import { type DoorTimes, doorTimes, openDoor } from "./door.ts";
import { fetchMedia } from "./fetch-media.ts";
import { inspect } from "./inspect.ts";
import { limits } from "./limits.ts";
import { parse } from "./parse.ts";
import { partFor } from "./part.ts";
import { send } from "./send.ts";
import { handshake, verify } from "./signature.ts";
import { typing } from "./typing.ts";
import { openUpload } from "./upload.ts";

/** @param times how long to wait for the provider; tests wait less. */
export function createWhatsapp(times: DoorTimes): ChannelAdapter {
  const door = openDoor(times);
  const upload = openUpload(door, Date.now);
  return {
    kind: "whatsapp",
    limits,
    verify,
    handshake,
    addressOf,
    looksBroken,
    parse,
    partFor,
    send: (message, account) => send(message, account, { door, upload }),
    typing: (account, _to, lastExternalId) => typing(account, lastExternalId, door),
    fetchMedia: (account, providerId) => fetchMedia(account, providerId, door),
    check: (account) => check(account, door),
    inspect: (account, plan) => inspect(account, plan, door, Date.now()),
  };
}

export const whatsapp: ChannelAdapter = createWhatsapp(doorTimes);
