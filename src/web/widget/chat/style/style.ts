import cards from "./cards.css?inline";
import composer from "./composer.css?inline";
import frame from "./frame.css?inline";
import line from "./line.css?inline";
import log from "./log.css?inline";
import menu from "./menu.css?inline";
import modes from "./modes.css?inline";

/** The opened chat's style; its modes (phone, reduced motion, forced colours) come last and win. */
export const CHAT_STYLE = frame + line + log + cards + composer + menu + modes;
