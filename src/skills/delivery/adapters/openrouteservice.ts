import { z } from "zod";
import { askJson, baseOf } from "./asking.ts";
import { flatten, MATRIX_TIMEOUT_MS, type MatrixAddress, type MatrixService } from "./matrix-service.ts";

/** openrouteservice's matrix (openrouteservice.org, API reference: POST /v2/matrix/{profile}, key in Authorization). */

const answer = z.object({ durations: z.array(z.array(z.number().nullable())) });

/** The public service takes 3,500 pairs a request and 40 requests a minute. */
const MOST_PLACES = 50;
const PACE_MS = 1_500;

export function openrouteservice({ url, profile, key, agent }: MatrixAddress): MatrixService {
  return {
    name: "openrouteservice",
    most: { sources: MOST_PLACES, targets: MOST_PLACES },
    pace_ms: PACE_MS,
    async ask(outside, { sources, targets }) {
      const asked = await askJson(
        outside,
        {
          method: "POST",
          url: `${baseOf(url)}/v2/matrix/${encodeURIComponent(profile || "driving-car")}`,
          body: JSON.stringify({
            locations: [...sources, ...targets].map(({ lat, lon }) => [lon, lat]),
            sources: sources.map((_, n) => String(n)),
            destinations: targets.map((_, n) => String(n + sources.length)),
            metrics: ["duration"],
          }),
          timeoutMs: MATRIX_TIMEOUT_MS,
          headers: { "user-agent": agent, ...(key !== "" && { authorization: key }) },
        },
        answer,
      );
      if ("failed" in asked) return asked;
      const seconds = flatten(asked.got.durations, { sources, targets });
      return seconds ? { got: seconds } : { failed: "changed", retryAfterMs: null };
    },
  };
}
