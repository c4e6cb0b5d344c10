import type { ChannelAdapter } from "#kernel";
import { email } from "./channels/email/index.ts";
import { telegram } from "./channels/telegram/index.ts";
import { web } from "./channels/web/index.ts";
import { whatsapp } from "./channels/whatsapp/index.ts";

/** Every channel the node speaks, by hand: what is not here does not exist. */
export const channels: readonly ChannelAdapter[] = [web, whatsapp, telegram, email];
