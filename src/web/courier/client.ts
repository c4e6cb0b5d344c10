import type { CourierEvent, CourierPage, RoundMap, Told } from "./contract.ts";

/** Why a call brought nothing: the link is over, nobody answered, the node is busy, or it said no. */
export type Failure = "ended" | "offline" | "busy" | "refused";

export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

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
  async function call<T>(path: string, body?: unknown, timeout_ms = TIMEOUT_MS): Promise<T> {
    const headers = new Headers({ authorization: `Courier ${key}` });
    if (body !== undefined) headers.set("content-type", "application/json");
    let response: Response;
    try {
      response = await fetch(BASE + path, {
        method: body === undefined ? "GET" : "POST",
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(timeout_ms),
      });
      if (response.ok) return (await response.json()) as T;
    } catch {
      // A broken connection, a time limit, or a captive portal's page instead of JSON.
      throw new CallError("offline");
    }
    throw new CallError(failureOf(response.status));
  }
  return {
    read: () => call<CourierPage>(""),
    readMap: async (shiftId) => ({
      ...(await call<Omit<RoundMap, "shiftId">>(`/map?shiftId=${shiftId}`)),
      shiftId,
    }),
    tell: (events) => call<Told>("/events", { events }),
    keepPhoto: async (photo) =>
      (await call<{ photoFileId: string }>("/photos", photo, PHOTO_TIMEOUT_MS)).photoFileId,
  };
}

function failureOf(status: number): Failure {
  if (status === 401) return "ended";
  return status === 408 || status === 429 || status >= 500 ? "busy" : "refused";
}
