import type { Installation, Kind } from "../node/installation.ts";

/** One line of the table of figures. */
export interface Figure {
  /** --figure NAME */
  name: string;
  title: string;
  goal: string;
  measure(bench: Bench): Promise<Reading>;
}

export interface Reading {
  /** As the table shows it. */
  measured: string;
  /** null: could not be measured here; the notes say why. */
  meets: boolean | null;
  /** Every number behind it, for --json. */
  values: Readonly<Record<string, unknown>>;
  notes: readonly string[];
}

/** What a figure may use. */
export interface Bench {
  say(sentence: string): void;
  /** @param usual seconds a stretch takes unless the command line says otherwise */
  seconds(usual: number): number;
  /** @param usual repetitions unless the command line says otherwise */
  times(usual: number): number;
  /** The installation of a kind with its node running under these settings; one at a time. */
  installation(kind: Kind, environment?: Readonly<Record<string, string>>): Promise<Installation>;
}
