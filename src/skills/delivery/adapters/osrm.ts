import { z } from "zod";
import { askJson, baseOf } from "./asking.ts";
import { flatten, MATRIX_TIMEOUT_MS, type MatrixAddress, type MatrixService } from "./matrix-service.ts";

/** OSRM's table service (project-osrm.org, docs, "Table service": GET /table/v1/{profile}/{lon,lat;…}). */

const answer = z.object({
  code: z.string(),
  durations: z.array(z.array(z.number().nullable())).optional(),
});

/** osrm-routed's own limit (--max-table-size) is 100 places unless the operator sets another. */
const MOST_PLACES = 50;
/** The sixth decimal is a tenth of a metre. */
const DECIMALS = 6;

export function osrm({ url, profile, agent }: MatrixAddress): MatrixService {
  return {
    name: "osrm",
    most: { sources: MOST_PLACES, targets: MOST_PLACES },
    pace_ms: 0,
    async ask(outside, { sources, targets }) {
      const places = [...sources, ...targets].map(
        ({ lat, lon }) => `${lon.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)}`,
      );
      const from = sources.map((_, n) => n).join(";");
      const to = targets.map((_, n) => n + sources.length).join(";");
      const path = `/table/v1/${encodeURIComponent(profile || "driving")}/${places.join(";")}`;
      const asked = await askJson(
        outside,
        {
          method: "GET",
          url: `${baseOf(url)}${path}?sources=${from}&destinations=${to}&annotations=duration`,
          body: null,
          timeoutMs: MATRIX_TIMEOUT_MS,
          headers: { "user-agent": agent },
        },
        answer,
      );
      if ("failed" in asked) return asked;
      const { code, durations } = asked.got;
      if (code !== "Ok") return { failed: "refused", retryAfterMs: null };
      const seconds = durations && flatten(durations, { sources, targets });
      return seconds ? { got: seconds } : { failed: "changed", retryAfterMs: null };
    },
  };
}
