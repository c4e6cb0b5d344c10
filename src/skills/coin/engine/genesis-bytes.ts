import { ByteReader, ByteWriter } from "./bytes.ts";
import { assetBytes, KEY_BYTES, ROLES, SCHEMES } from "./encode.ts";
import { Malformed } from "./faults.ts";
import type { FirstAccount, Genesis, Profile } from "./genesis.ts";
import type { Id } from "./transaction.ts";

/** A genesis as canonical bytes, as it is kept beside the blocks that follow from it. */

const VERSION = 1;
const PROFILES: readonly Profile[] = ["voucher", "issuer"];

/** @throws RangeError for what has no bytes */
export function encodeGenesis(genesis: Genesis): Uint8Array {
  const { chainId, profile, attestationLasts, backing, accounts, governors, attestors } = genesis;
  const out = new ByteWriter().u8(VERSION).u64(chainId).u8(PROFILES.indexOf(profile)).u64(attestationLasts);
  out.u8(backing.length);
  for (const { asset, minor, per } of backing) out.put(assetBytes(asset), 3).u64(minor).u64(per);
  out.u32(accounts.length);
  for (const { id, role, scheme, key, secret } of accounts)
    out
      .put(id, 16)
      .u8(ROLES.indexOf(role))
      .u8(SCHEMES.indexOf(scheme))
      .put(key, KEY_BYTES[scheme])
      .put(secret, 16);
  for (const { needed, members } of [governors, attestors]) {
    out.u8(needed).u8(members.length);
    for (const member of members) out.put(member, 16);
  }
  return out.done();
}

/** @throws Malformed */
export function decodeGenesis(bytes: Uint8Array): Genesis {
  const reader = new ByteReader(bytes.slice());
  if (reader.u8() !== VERSION) throw new Malformed("the genesis' version is unknown");
  const chainId = reader.u64();
  const profile = PROFILES[reader.u8()];
  if (!profile) throw new Malformed("the genesis names no profile");
  const attestationLasts = reader.u64();
  const backing = Array.from({ length: reader.u8() }, () => ({
    asset: String.fromCharCode(...reader.take(3)),
    minor: reader.u64(),
    per: reader.u64(),
  }));
  const accounts = Array.from({ length: reader.u32() }, () => readAccount(reader));
  const governors = readCouncil(reader);
  const attestors = readCouncil(reader);
  reader.end();
  return { chainId, profile, attestationLasts, backing, accounts, governors, attestors };
}

function readAccount(reader: ByteReader): FirstAccount {
  const id = reader.take(16);
  const role = ROLES[reader.u8()];
  const scheme = SCHEMES[reader.u8()];
  if (!role || !scheme) throw new Malformed("the genesis names no role or no scheme");
  return { id, role, scheme, key: reader.take(KEY_BYTES[scheme]), secret: reader.take(16) };
}

function readCouncil(reader: ByteReader): { needed: number; members: Id[] } {
  const needed = reader.u8();
  return { needed, members: Array.from({ length: reader.u8() }, () => reader.take(16)) };
}
