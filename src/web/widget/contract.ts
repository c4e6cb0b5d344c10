/**
 * The visitor's contract as types. Types only: the widget must not bundle zod, and this is its one door to the
 * kernel's contracts.
 */
import type {
  BodyOf,
  companyPage,
  ReplyOf,
  VisitorEvent,
  VisitorMessage,
  visitorHistory,
  visitorSend,
  visitorSettings,
} from "#kernel/api";

export type { VisitorEvent, VisitorMessage };
export type Settings = ReplyOf<typeof visitorSettings>;
export type History = ReplyOf<typeof visitorHistory>;
export type VisitorState = History["state"];
export type SendBody = Partial<BodyOf<typeof visitorSend>> & { clientId: string };
export type SeenStatus = "delivered" | "read";
export type CompanyPage = ReplyOf<typeof companyPage>;
export interface UploadReply {
  fileId: string;
  mime: string;
  size: number;
}
