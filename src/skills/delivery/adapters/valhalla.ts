import { z } from "zod";
import { askJson, baseOf } from "./asking.ts";
import { flatten, MATRIX_TIMEOUT_MS, type MatrixAddress, type MatrixService } from "./matrix-service.ts";

/** Valhalla's matrix (valhalla.github.io, "Matrix service": POST /sources_to_targets), in its short form. */

const durations = z.array(z.array(z.number().nullable()));
/** Older servers know no short form and answer with an object a pair. */
const answer = z.object({
  sources_to_targets: z.union([
    z.object({ durations }),
    z.array(z.array(z.object({ time: z.number().nullable() }))),
  ]),
});

/** service_limits.auto.max_matrix_location_pairs is 2,500 unless the operator sets another. */
const MOST_PLACES = 50;
const DEPART_AT = 1;

export function valhalla({ url, profile, agent }: MatrixAddress): MatrixService {
  return {
    name: "valhalla",
    most: { sources: MOST_PLACES, targets: MOST_PLACES },
    pace_ms: 0,
    async ask(outside, { sources, targets, departLocal }) {
      const place = ({ lat, lon }: { lat: number; lon: number }) => ({ lat, lon });
      const body = {
        sources: sources.map(place),
        targets: targets.map(place),
        costing: profile || "auto",
        verbose: false,
        ...(departLocal !== null && { date_time: { type: DEPART_AT, value: departLocal } }),
      };
      const asked = await askJson(
        outside,
        {
          method: "POST",
          url: `${baseOf(url)}/sources_to_targets`,
          body: JSON.stringify(body),
          timeoutMs: MATRIX_TIMEOUT_MS,
          headers: { "user-agent": agent },
        },
        answer,
      );
      if ("failed" in asked) return asked;
      const said = asked.got.sources_to_targets;
      const rows = "durations" in said ? said.durations : said.map((row) => row.map(({ time }) => time));
      const seconds = flatten(rows, { sources, targets });
      return seconds ? { got: seconds } : { failed: "changed", retryAfterMs: null };
    },
  };
}
