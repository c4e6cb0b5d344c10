import { encodeBody } from "../engine/encode.ts";
import {
  type Association,
  association,
  type Doing,
  EURO,
  NO_REFERENCE,
  type Person,
  person,
  signedBytes,
  T0,
  transactionOf,
} from "../engine/ledger.fixture.ts";

/** An association whose members really sign, and what they ask of an engine, as bytes. */
export class Town {
  readonly all: Association;
  readonly people: Person[] = [];
  time = T0;
  readonly #signs: boolean;

  /** @param signs false where nobody checks signatures: making them takes as long as checking them */
  constructor({ signs = true }: { signs?: boolean } = {}) {
    this.#signs = signs;
    this.all = association("issuer", 0, signs);
  }

  get genesis(): Association["genesis"] {
    return this.all.genesis;
  }

  asks(signers: readonly Person[], ...doings: readonly Doing[]): Uint8Array {
    return this.signed(transactionOf(signers, doings, { time: this.time }), signers);
  }

  signed(transaction: ReturnType<typeof transactionOf>, signers: readonly Person[]): Uint8Array {
    return this.#signs ? signedBytes(transaction, signers) : unsignedBytes(transaction);
  }

  /** Coins for the exchange, and customers who are let in. @returns what must be asked in this order */
  opening(customers: number, euros: number): Uint8Array[] {
    const { attestors, governors, exchange, registrar } = this.all;
    const attest = { asset: "EUR", amount: customers * euros * 200, statedAt: T0, statement: NO_REFERENCE };
    const asked = [
      this.asks(attestors, { kind: "attest", ...attest }),
      this.asks(governors.slice(0, 2), { kind: "mint", to: exchange.id, amount: customers * euros * EURO }),
    ];
    for (let n = 0; n < customers; n++) {
      const one = person(1_000 + this.people.length, this.#signs);
      this.people.push(one);
      const { id, key, secret } = one;
      asked.push(
        this.asks([registrar], {
          kind: "open",
          account: id,
          role: "customer",
          scheme: "ed25519",
          key,
          secret,
        }),
        this.pays(exchange, one, euros * EURO),
      );
    }
    return asked;
  }

  pays(from: Person, to: Person, amount: number): Uint8Array {
    return this.asks([from], { kind: "transfer", to: to.id, amount, reference: NO_REFERENCE });
  }

  /** The n-th of a long row of payments among the customers. */
  nthPayment(n: number): Uint8Array {
    const { people } = this;
    const from = people[(n * 7) % people.length] as Person;
    const to = people[(n * 11 + 1) % people.length] as Person;
    return this.pays(from, from === to ? this.all.exchange : to, 1 + (n % 90));
  }
}

/** With zeros for signatures. */
function unsignedBytes(transaction: ReturnType<typeof transactionOf>): Uint8Array {
  const body = encodeBody(transaction);
  const bytes = new Uint8Array(body.length + 64 * transaction.signers.length);
  bytes.set(body);
  return bytes;
}
