import { type MailBox, openMailBox } from "./mail-box.ts";
import { startImap } from "./mail-imap.ts";
import { type SmtpFault, startSmtp, type TakenMail } from "./mail-smtp.ts";

/** A mail provider: mailboxes read by IMAP, mails taken by SMTP; what is sent to one of its mailboxes arrives there. */
export interface MailProvider {
  imapPort: number;
  smtpPort: number;
  /** Makes a mailbox, or gives the one there is. */
  box(address: string, password?: string): MailBox;
  /** Every mail taken by SMTP, in order. */
  sent: TakenMail[];
  /** What goes wrong next. */
  faults: SmtpFault[];
  /** IMAP goes away and comes back on its port. */
  restartImap(): Promise<void>;
  close(): Promise<void>;
}

export async function startMailProvider(): Promise<MailProvider> {
  const boxes = new Map<string, MailBox>();
  const sent: TakenMail[] = [];
  const faults: SmtpFault[] = [];
  const boxOf = (user: string, password: string): MailBox | undefined => {
    const box = boxes.get(user.toLowerCase());
    return box?.password === password ? box : undefined;
  };
  const smtp = await startSmtp(0, {
    faults,
    login: (user, password) => boxOf(user, password) !== undefined,
    take(mail) {
      sent.push(mail);
      for (const address of mail.to) boxes.get(address.replace(/\+[^@]*@/, "@"))?.add(mail.raw);
    },
  });
  let imap = await startImap(0, { boxOf });
  const imapPort = imap.port;
  return {
    imapPort,
    smtpPort: smtp.port,
    sent,
    faults,
    box(address, password = "secret") {
      const known = boxes.get(address);
      if (known) return known;
      const box = openMailBox(address, password);
      boxes.set(address, box);
      return box;
    },
    async restartImap() {
      await imap.close();
      imap = await startImap(imapPort, { boxOf });
    },
    async close() {
      await imap.close();
      await smtp.close();
    },
  };
}
