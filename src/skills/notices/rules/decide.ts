import type { ChannelLimits, Content } from "#kernel";
import { roomFrom } from "./limits.ts";
import { freeContent, type NoticeWords, type Template, templateContent } from "./message.ts";
import type { Objection } from "./veto.ts";

/** What happens to one delivery whose time has come. Pure: everything it decides from is an argument. */

export interface Due {
  readonly noticeId: number;
  readonly personId: number;
  readonly rootId: number;
  readonly isDouble: boolean;
  readonly channelKind: string;
  readonly language: "de" | "en";
  readonly lastCustomerAt: number | null;
  readonly recent: readonly number[];
  readonly isOff: boolean;
}

export interface Sending {
  readonly words: NoticeWords;
  readonly kind: "service" | "promotion";
  /** Warnings of danger pass the cap; so does what continues a story that somebody has heard the begin of. */
  readonly isCapped: boolean;
  readonly chosen: { readonly de: number | null; readonly en: number | null };
  readonly expiresAt: number;
}

export interface Frame {
  readonly limits: ChannelLimits | undefined;
  readonly templates: readonly Template[];
  readonly capPerDay: number | null;
  /** Persons that the portfolio still takes, and from when on it takes more; null = no limit. */
  readonly portfolio: { readonly room: number; readonly nextAt: number } | null;
  /** Person -> the warning that objects. */
  readonly vetoes: ReadonlyMap<number, Objection>;
  readonly now: number;
}

export type Decision =
  | { do: "send"; content: Content; isTemplate: boolean }
  | { do: "wait"; until: number }
  | { do: "drop"; reason: string }
  /** Not on this channel; another one may carry it. */
  | { do: "elsewhere"; reason: string };

/** A window that closes while the message waits for its turn is not counted on. */
const WINDOW_MARGIN_MS = 10 * 60_000;

export function decide(due: Due, sending: Sending, frame: Frame): Decision {
  const { now } = frame;
  if (sending.expiresAt <= now) return { do: "drop", reason: "expired" };
  if (due.isDouble) return { do: "drop", reason: "merged" };
  if (due.isOff) return { do: "drop", reason: "unsubscribed" };
  if (frame.vetoes.has(due.rootId)) return { do: "drop", reason: "vetoed" };
  const room =
    sending.isCapped && frame.capPerDay !== null ? roomFrom(due.recent, frame.capPerDay, now) : null;
  if (room !== null) return later(room, sending, "cap");
  if (!frame.limits) return { do: "elsewhere", reason: "channel_off" };
  const needsTemplate = !isWindowOpen(frame.limits.windowMs, due.lastCustomerAt, now);
  const to = { language: due.language, channelKind: due.channelKind };
  const worded = needsTemplate
    ? templateContent(sending.words, frame.templates, { ...to, kind: sending.kind, chosen: sending.chosen })
    : freeContent(sending.words, { ...to, textMax: frame.limits.textMax });
  if ("fault" in worded) return { do: "elsewhere", reason: worded.fault };
  if (needsTemplate && frame.portfolio !== null && frame.portfolio.room <= 0)
    return later(frame.portfolio.nextAt, sending, "portfolio");
  return { do: "send", content: worded.content, isTemplate: needsTemplate };
}

/** Channels without a window are always open. */
export function isWindowOpen(windowMs: number | null, lastCustomerAt: number | null, now: number): boolean {
  if (windowMs === null) return true;
  return lastCustomerAt !== null && now < lastCustomerAt + windowMs - WINDOW_MARGIN_MS;
}

function later(at: number, { expiresAt }: Sending, reason: string): Decision {
  return at < expiresAt ? { do: "wait", until: at } : { do: "drop", reason };
}
