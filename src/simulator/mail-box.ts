/** The mails of the simulated provider, as both of its servers see them. */

export interface StoredMail {
  uid: number;
  raw: Buffer;
  flags: Set<string>;
  /** ms */
  receivedAt: number;
}

/** One person's mailbox with one folder, INBOX. */
export interface MailBox {
  user: string;
  password: string;
  uidValidity: number;
  uidNext: number;
  mails: StoredMail[];
  /** Puts a mail into it and wakes whoever idles. */
  add(raw: Buffer): StoredMail;
  /** As a provider does who restores a backup: every number is a new one. */
  renumber(): void;
  watch(listener: () => void): () => void;
}

export function openMailBox(user: string, password: string): MailBox {
  const listeners = new Set<() => void>();
  const box: MailBox = {
    user,
    password,
    uidValidity: 1_000,
    uidNext: 1,
    mails: [],
    add(raw) {
      const mail = { uid: box.uidNext, raw, flags: new Set<string>(), receivedAt: Date.now() };
      box.uidNext += 1;
      box.mails.push(mail);
      for (const listener of listeners) listener();
      return mail;
    },
    renumber() {
      box.uidValidity += 1;
      box.uidNext = 501;
      for (const mail of box.mails) {
        mail.uid = box.uidNext;
        box.uidNext += 1;
      }
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return box;
}
