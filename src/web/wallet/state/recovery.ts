import { fromHex } from "../../coin-key/p256-key.ts";
import { CallError } from "../../customer-page/call.ts";
import type { HelpAsked, Outcome } from "../contract.ts";
import type { Session } from "./session.ts";
import { signRotation } from "./signing.ts";
import type { KeptWallet } from "./wallet-store.ts";

/** A lost device: who may help, asking for help, helping. */

/** Names who may give the account a new key together. @throws CallError */
export function nameHelpers(
  session: Session,
  { needed, members }: { needed: number; members: readonly { account: string; label: string }[] },
): Promise<Outcome> {
  const labels = Object.fromEntries(members.map(({ account, label }) => [account, label]));
  const ids = members.map(({ account }) => fromHex(account));
  return session.doNow({ kind: "recoverers", needed, members: ids }, labels);
}

/** A new key for the lost account is made here and asked for. @param place TENANT.ACCOUNT @throws CallError */
export async function askBack(session: Session, place: string, label: string): Promise<void> {
  const [tenant = "", account = ""] = place.split(".");
  const wallet = await session.prepare(Number(tenant), { invitation: null, recovery: null, label });
  try {
    const { key } = wallet;
    const body = { account: place, key: key.point, label };
    const { recovery, expiresAt, needed } = await session.parts.anybody.askRecovery(body);
    await session.keep({ ...wallet, recovery: { place: recovery, account, expiresAt, needed } });
    session.show(wallet.id);
  } catch (error) {
    // Nobody knows this key: it would stand in the way.
    await session.parts.store.forget(wallet.id);
    await session.start(Number(tenant));
    throw error;
  }
}

/** @returns how many have helped; "done" when the account is this device's, "expired" when the day is over */
export async function lookForHelp(session: Session): Promise<number | "done" | "expired"> {
  const { wallet } = session.snapshot;
  if (!wallet?.recovery) return "expired";
  const { state, have, account, token, secret } = await session.parts.anybody.recovery(wallet.recovery.place);
  if (state === "waiting") return have;
  if (state === "expired" || token === null) return "expired";
  const kept = { ...wallet, account, token, secret: secret ?? wallet.secret, recovery: null };
  await session.keep(kept);
  session.show(wallet.id);
  return "done";
}

/** Ends what was asked for. */
export async function stopAsking(session: Session): Promise<void> {
  const { wallet } = session.snapshot;
  if (wallet?.account !== "") return;
  await session.parts.store.forget(wallet.id);
  await session.start(wallet.tenantId);
  await session.refresh();
}

export async function whoAsks(session: Session, helper: KeptWallet): Promise<HelpAsked[]> {
  return session.parts.ownerOf(helper).recoveries();
}

/** @throws CallError; "refused" also where the node asks for a signature on something else */
export async function help(
  session: Session,
  helper: KeptWallet,
  asked: HelpAsked,
): Promise<"waiting" | "done"> {
  const { account, key, me } = helper;
  if (!me) throw new CallError("offline");
  const asking = {
    chainId: me.coin.chainId,
    account: asked.account,
    newKey: asked.newKey,
    me: { account, point: key.point },
  };
  const signatures: string[] = [];
  for (const body of asked.bodies) {
    const signature = await signRotation(key, body, asking);
    if (signature === null) throw new CallError("refused");
    signatures.push(signature);
  }
  return (await session.parts.ownerOf(helper).signRecovery(asked.recovery, signatures)).state;
}
