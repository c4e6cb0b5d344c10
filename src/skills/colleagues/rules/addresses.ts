/** Who may be asked: nobody to whom the company has not opened the door, so that a slip of the pen sends no data away. */

/** Local part and domain, no display name, no comment; what every mail server takes (RFC 5321, without quoted parts). */
const ADDRESS = /^[^\s@<>()[\],;:"\\]{1,64}@([a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,63})$/;
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,63}$/;

/** Domains at which anybody may have an address: opening one of them opens the door to everybody. */
const EVERYBODYS = new Set(
  (
    "gmail.com googlemail.com outlook.com outlook.de hotmail.com hotmail.de live.com live.de msn.com yahoo.com yahoo.de " +
    "icloud.com me.com aol.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de mail.de posteo.de " +
    "mailbox.org proton.me protonmail.com online.de arcor.de bluewin.ch mail.com yandex.com"
  ).split(" "),
);

export type AddressFault = "no_address" | "not_allowed" | "own_mailbox" | "is_customer";
export type DomainFault = "no_domain" | "everybodys";

/** As addresses are compared and kept. */
export function plainAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** "service+r-x@kontor.de" is delivered to service@kontor.de. */
function withoutPlus(address: string): string {
  return address.replace(/\+[^@]*(?=@)/, "");
}

export interface Door {
  /** Of the company's list. */
  listed: readonly string[];
  domains: readonly string[];
  /** The company's own mailboxes: a question to one of them would come back as a mail of a customer. */
  mailboxes: readonly string[];
  /** Of the customer whom it is about. */
  customer: readonly string[];
}

/** @param address as `plainAddress` gives it @returns why it may not be asked; null = it may */
export function addressFault(address: string, door: Door): AddressFault | null {
  const domain = ADDRESS.exec(address)?.[1];
  if (domain === undefined) return "no_address";
  if (door.mailboxes.includes(withoutPlus(address))) return "own_mailbox";
  if (door.customer.includes(address)) return "is_customer";
  return door.listed.includes(address) || door.domains.includes(domain) ? null : "not_allowed";
}

export function domainFault(domain: string): DomainFault | null {
  if (!DOMAIN.test(domain)) return "no_domain";
  return EVERYBODYS.has(domain) ? "everybodys" : null;
}
