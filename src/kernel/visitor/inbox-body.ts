/** What the visitor API puts into the inbox; channels/web reads it. Older rows may wait there, hence the version. */

interface Head {
  v: 1;
  /** The widget's public key. */
  address: string;
  /** ms since the epoch */
  at: number;
}

export interface SpokenBody extends Head {
  visitor: string;
  clientId: string;
  text?: string;
  choice?: string;
  file?: { fileId: string; mime: string; name: string; size: number };
  language?: "de" | "en";
  name?: string;
}

export interface SeenBody extends Head {
  /** CONVERSATION.MESSAGEID */
  seen: string[];
  status: "delivered" | "read";
}

export function inboxBody(body: SpokenBody | SeenBody): Buffer {
  return Buffer.from(JSON.stringify(body));
}
