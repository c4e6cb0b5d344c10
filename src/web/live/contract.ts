/** The page's contracts as types only: zod stays out of the browser, and this is the one door to them. */
import type { BodyOf, ReplyOf } from "#kernel/api";
import type { actLive, getLive, getLiveMap, listLiveWindows } from "../../skills/delivery/api.ts";

export type Live = ReplyOf<typeof getLive>;
export type LiveMap = ReplyOf<typeof getLiveMap>;
export type LiveWindow = ReplyOf<typeof listLiveWindows>["windows"][number];
export type Act = BodyOf<typeof actLive>;
export type Choice = "home" | "neighbour" | "leave" | "not_home";
