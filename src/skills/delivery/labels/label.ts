import type { Language } from "#kernel";
import { namesOf, type SkillName } from "../rules/skill-bits.ts";
import { type SpokenIn, windowTitle } from "../rules/spoken/spoken-window.ts";

/** What stands on a parcel: enough to find the door and to scan it, nothing of what is inside. */

export interface Label {
  /** What the code holds: the courier's page finds the parcel by it. */
  readonly code: string;
  /** The company that sends it. */
  readonly sender: string;
  /** How the sender calls it, e.g. the order's number; "" = nothing. */
  readonly reference: string;
  readonly recipient: string;
  /** Street and number, then postcode and town. */
  readonly address: readonly string[];
  /** "Di 24.11., 18–20 Uhr" */
  readonly window: string;
  /** The first of several parcels is 1. */
  readonly parcel: number;
  readonly parcels: number;
  readonly marks: readonly SkillName[];
  /** Who drives. */
  readonly carrier: string;
  readonly language: Language;
}

/** A delivery as labels need it. */
export interface LabelledDelivery {
  readonly carrierId: number;
  readonly id: number;
  readonly sender: string;
  readonly senderRef: string;
  readonly recipient: string;
  /** "Eppendorfer Weg 87, 20259 Hamburg" */
  readonly address: string;
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly skills: number;
  readonly parcels: number;
}

export const PARCELS_MOST = 50;

/** One label for each parcel of a delivery. */
export function labelsOf(delivery: LabelledDelivery, carrier: string, speaking: SpokenIn): readonly Label[] {
  const parcels = Math.max(1, Math.min(PARCELS_MOST, Math.trunc(delivery.parcels)));
  return Array.from({ length: parcels }, (_, n) => ({
    code: parcelCode({ carrierId: delivery.carrierId, deliveryId: delivery.id, parcel: n + 1 }),
    sender: clean(delivery.sender),
    reference: clean(delivery.senderRef),
    recipient: clean(delivery.recipient),
    address: linesOf(clean(delivery.address)),
    window: windowTitle(speaking, delivery),
    parcel: n + 1,
    parcels,
    marks: namesOf(delivery.skills),
    carrier: clean(carrier),
    language: speaking.language,
  }));
}

interface ParcelCode {
  readonly carrierId: number;
  readonly deliveryId: number;
  readonly parcel: number;
}

/** Only signs of the alphanumeric mode (ISO/IEC 18004), so that the code stays coarse and easy to read. It opens nothing by itself. */
export function parcelCode({ carrierId, deliveryId, parcel }: ParcelCode): string {
  return `AHD1:${carrierId}:${deliveryId}:${parcel}`;
}

/** @returns null for what is no label of ours */
export function readParcelCode(text: string): ParcelCode | null {
  const [, carrier, delivery, parcel] =
    /^AHD1:(\d{1,10}):(\d{1,15}):(\d{1,2})$/.exec(text.trim().toUpperCase()) ?? [];
  if (carrier === undefined) return null;
  return { carrierId: Number(carrier), deliveryId: Number(delivery), parcel: Number(parcel) };
}

/** Signs that turn or hide what stands beside them are no part of a name. */
function clean(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\p{Cc}|\p{Cf}|\p{Co}|\p{Cn}/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** The street before the last comma, the town behind it. */
function linesOf(address: string): readonly string[] {
  const at = address.lastIndexOf(",");
  if (at < 0) return [address];
  return [address.slice(0, at).trim(), address.slice(at + 1).trim()].filter((line) => line !== "");
}
