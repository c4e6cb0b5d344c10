import { readTyping } from "../desk/typing.ts";
import type { Kernel } from "../kernel.ts";
import { frame } from "./live-client.ts";
import type { Feed } from "./live-feed.ts";

/** "Somebody is writing" goes from the wire to whoever listens now; it is never stored. */
export function followTyping(kernel: Kernel, feedOf: (tenantId: number) => Feed | undefined): void {
  kernel.wire.on("typing", (rest) => {
    const typing = readTyping(rest);
    const feed = typing && feedOf(typing.tenantId);
    if (!typing || !feed) return;
    const { conversationId, side, who, staffId } = typing;
    feed.pass({
      conversationId,
      desk: Buffer.from(frame({ type: "typing", conversationId, who, side, staffId })),
      visitors: side === "us" ? Buffer.from(frame({ type: "typing", who })) : null,
    });
  });
}
