import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readArchived, textOfHtml } from "../../../src/channels/email/archive.ts";
import { readArchive } from "../../../src/skills/service/adapters/read-archive.ts";
import { proposeInWorker } from "../../../src/skills/service/training.ts";
import type { Figure, Reading } from "../dialogue/figure.ts";
import { makeMailbox } from "./mailbox.ts";
import { readSheet, writeSheet } from "./review-sheet.ts";

const MAILS = 5_000;
const SEED = 1;
const MOST_SECONDS = 120;
const LEAST_ACCEPTED = 0.6;
const PIECE_BYTES = 64 * 1024;

interface Files {
  readonly sheet: string | null;
  readonly reviewed: string | null;
}

export function proposalsFigure(files: Files): Figure {
  return {
    name: "proposals",
    title: `proposals from ${MAILS} mails: time; accepted by a reviewer who reads them blind`,
    goal: "<= 2 min; >= 60 %",
    measure: (bench) => measure(files, bench.say),
  };
}

async function* pieces(whole: Buffer) {
  for (let at = 0; at < whole.length; at += PIECE_BYTES) yield whole.subarray(at, at + PIECE_BYTES);
}

async function measure({ sheet, reviewed }: Files, say: (sentence: string) => void): Promise<Reading> {
  const made = makeMailbox(MAILS, SEED);
  say(
    `a mailbox of ${made.mails} mails, ${Math.round(made.mbox.length / 1024)} kB; ${made.questions} questions, ${made.noise} of noise`,
  );
  const start = performance.now();
  const cpu = process.cpuUsage();
  const archive = await readArchive(
    { name: "mailbox.mbox", bytes: pieces(made.mbox), own: [] },
    { read: readArchived, textOfHtml },
  );
  const read_ms = performance.now() - start;
  const options = { seed: SEED, language: "de" } as const;
  const { topics, alone } = await proposeInWorker({ gathered: { is: "paired", archive }, options });
  const seconds = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  const cpuSeconds = (used.user + used.system) / 1e6;
  if (sheet !== null) writeFileSync(sheet, writeSheet(topics));
  const review =
    reviewed !== null && existsSync(reviewed) ? readSheet(readFileSync(reviewed, "utf8"), topics) : null;
  const share = review === null || review.unread > 0 ? null : review.accepted / topics.length;
  const isQuick = seconds <= MOST_SECONDS;
  return {
    measured: `${seconds.toFixed(1)} s (CPU ${cpuSeconds.toFixed(1)} s); ${share === null ? "not read yet" : `${(100 * share).toFixed(0)} %`}`,
    meets: share === null ? (isQuick ? null : false) : isQuick && share >= LEAST_ACCEPTED,
    values: { seconds, read_ms, cpuSeconds, topics: topics.length, alone, ...archive.counts, review },
    notes: [
      `${topics.length} topics of ${archive.counts.questions} questions (${archive.counts.answered} answered); ${alone} questions belong to none`,
      ...(share === null
        ? [
            "write a sheet with --sheet FILE, have it read by somebody who knows nothing of it, and measure again with --reviewed FILE",
          ]
        : []),
    ],
  };
}
