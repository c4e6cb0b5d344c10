import { randomUUID } from "node:crypto";
import * as api from "#kernel/api";
import * as wallet from "../../src/skills/wallet/api.ts";
import type { SharedNode } from "../shared-node.ts";
import { ApiClient } from "./api-client.ts";
import { type Company, newCompany } from "./company.ts";
import { bytesOf, DeviceKey, hexOf } from "./phone.ts";

/** An association over HTTP: members with keys of their own, who propose and sign as their browsers would. */

export interface Member {
  readonly name: string;
  readonly api: ApiClient;
  readonly key: DeviceKey;
  readonly account: string;
  readonly id: number;
}

type Council = "governors" | "attestors";

export class Association {
  readonly company: Company;
  readonly members: Record<Council, Member[]> = { governors: [], attestors: [] };

  private constructor(company: Company) {
    this.company = company;
  }

  static async open(node: SharedNode): Promise<Association> {
    return new Association(await newCompany(node));
  }

  get owner(): ApiClient {
    return this.company.owner;
  }

  get stranger(): ApiClient {
    return new ApiClient(this.owner.base, {});
  }

  save(change: Partial<Parameters<typeof saveBody>[0]> = {}): Promise<wallet.CoinSetup> {
    return this.owner.call(wallet.saveCoin, { body: saveBody(change) });
  }

  /** Somebody of the team, with an API key as their session. */
  async somebody(name: string): Promise<ApiClient> {
    const { secret } = await this.owner.call(api.createApiKey, { body: { name, role: "manager" } });
    return new ApiClient(this.owner.base, { "x-api-key": secret });
  }

  async join(council: Council, name: string): Promise<Member> {
    const client = await this.somebody(name);
    const key = new DeviceKey();
    const body = { council, name, key: hexOf(key.compressed) };
    const { id, account } = await client.call(wallet.joinCouncil, { body });
    const member = { name, api: client, key, account, id };
    this.members[council].push(member);
    return member;
  }

  propose(what: wallet.ProposalContent, note = ""): Promise<wallet.Proposal> {
    return this.owner.call(wallet.propose, { body: { key: randomUUID(), what, note } });
  }

  signaturesOf({ bodies }: wallet.Proposal, { account, key }: Member): string[] {
    return bodies
      .filter(({ signers }) => signers.includes(account))
      .map(({ body }) => hexOf(key.sign(bytesOf(body))));
  }

  sign(proposal: wallet.Proposal, member: Member): Promise<wallet.Proposal> {
    const signatures = this.signaturesOf(proposal, member);
    return member.api.call(wallet.signProposal, {
      params: { id: proposal.id },
      body: { account: member.account, signatures },
    });
  }

  /** Proposed and signed by these, one after the other. */
  async decide(what: wallet.ProposalContent, by: readonly Member[]): Promise<wallet.Proposal> {
    let proposal = await this.propose(what);
    for (const member of by) proposal = await this.sign(proposal, member);
    return proposal;
  }
}

function saveBody(change: {
  name?: string;
  symbol?: string;
  legal?: "play" | "voucher" | "issuer";
  holder?: string;
  iban?: string;
  governorsNeeded?: number;
  attestorsNeeded?: number;
  revision?: number;
}) {
  return {
    name: "Hafentaler",
    symbol: "HT",
    legal: "voucher" as const,
    holder: "Hafenmarkt e. V.",
    iban: "DE02120300000000202051",
    governorsNeeded: 2,
    attestorsNeeded: 1,
    revision: 0,
    ...change,
  };
}
