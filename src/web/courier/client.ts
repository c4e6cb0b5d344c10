import { openCaller } from "../customer-page/call.ts";
import type { CourierEvent, CourierPage, RoundMap, Told } from "./contract.ts";

export interface Client {
  read(): Promise<CourierPage>;
  readMap(shiftId: number): Promise<RoundMap>;
  tell(events: readonly CourierEvent[]): Promise<Told>;
  /** @returns the file's id; the same key twice is one picture */
  keepPhoto(photo: { key: string; deliveryId: number; jpeg: string }): Promise<string>;
}

const BASE = "/api/v1/delivery/courier";
const TIMEOUT_MS = 20_000;
/** Pictures over a thin net. */
const PHOTO_TIMEOUT_MS = 60_000;

/** @throws CallError from every call that brings nothing */
export function openClient(key: string): Client {
  const { json } = openCaller({ base: BASE, authorization: `Courier ${key}`, timeout_ms: TIMEOUT_MS });
  return {
    read: () => json<CourierPage>(""),
    readMap: async (shiftId) => ({
      ...(await json<Omit<RoundMap, "shiftId">>(`/map?shiftId=${shiftId}`)),
      shiftId,
    }),
    tell: (events) => json<Told>("/events", { body: { events } }),
    keepPhoto: async (photo) =>
      (await json<{ photoFileId: string }>("/photos", { body: photo, timeout_ms: PHOTO_TIMEOUT_MS }))
        .photoFileId,
  };
}
