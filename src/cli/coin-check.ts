import { readFile } from "node:fs/promises";
import { checkProof, NOTHING_KNOWN, NoProof, readProof, type Step } from "../skills/wallet/api/check.ts";
import { print, readOptions, UsageError } from "./options.ts";

const TIMEOUT_MS = 15_000;
/** A proof of a million accounts has 4 kB. */
const PROOF_CHARACTERS_MOST = 100_000;

/** What each step looks at, and what it would mean if it did not hold. */
const SENTENCES: Readonly<Record<Step["name"], readonly [looks: string, fails: string]>> = {
  own: [
    "The proof speaks of an account and its secret.",
    "It speaks of another account, or of a leaf that is younger than its publication: it proves nothing.",
  ],
  balance: [
    "The balance is the one that you know.",
    "The balance in the proof is not the one that you know.",
  ],
  root: [
    "From the account's leaf the way leads to the published root.",
    "The way does not lead to the published root: the balance is not among what is said to be owed.",
  ],
  total: [
    "All balances below the root add up to the published total.",
    "What is below the root adds up to something else: debts are hidden, or invented.",
  ],
  supply: ["The total is all coins there are.", "There are coins that nobody is said to own, or too few."],
  reserve: [
    "The attested reserve covers every coin.",
    "The attested reserve is less than all coins are worth.",
  ],
  fresh: ["The bank's statement is fresh.", "The bank's statement is too old to add coins on it."],
  same: [
    "Others were told the same.",
    "Others were told something else under the same height: somebody is being deceived.",
  ],
};
const STATES = { good: "holds", bad: "DOES NOT HOLD", open: "cannot be told from this file" } as const;

/** `coin check FILE|URL`: checks a proof that the wallet's page saved; exit code 1 when a step does not hold. */
export async function coinCheck(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const [place] = positionals;
  if (!place || positionals.length > 1)
    throw new UsageError("coin check wants one file or address of a proof. See augenhoehe --help.");
  const proof = readGiven(await textOf(place));
  const { isGood, steps } = await checkProof(proof, NOTHING_KNOWN);
  if (values.json) {
    print(JSON.stringify({ isGood, steps }));
    return isGood ? 0 : 1;
  }
  for (const { name, state, found, expected } of steps) {
    const [looks, fails] = SENTENCES[name];
    print(`${STATES[state]}: ${state === "bad" ? fails : looks}`);
    if (state === "bad") print(`    found ${found}, expected ${expected}`);
  }
  print(
    isGood
      ? `The proof holds: ${proof.sum} base units of account ${proof.account} are among the ${proof.total} that were published at block ${proof.sealedHeight}.`
      : "The proof DOES NOT HOLD. Keep the file and ask the issuer.",
  );
  return isGood ? 0 : 1;
}

async function textOf(place: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(place)) return await readFile(place, "utf8");
    const response = await fetch(place, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.ok) return await response.text();
    throw new Error(`it answers ${response.status}`);
  } catch (error) {
    throw new UsageError(`${place} cannot be read: ${(error as Error).message}.`);
  }
}

function readGiven(text: string) {
  try {
    if (text.length > PROOF_CHARACTERS_MOST) throw new NoProof("its end");
    return readProof(JSON.parse(text));
  } catch (error) {
    if (error instanceof NoProof) throw new UsageError(error.message);
    throw new UsageError("This is no proof: it is not JSON.");
  }
}
