import type { Problem } from "./joint-svm.ts";

/** Added to every sum, so that no feature excludes a topic. Chosen by cross-validation on training rows. */
const SMOOTHING = 0.05;

/**
 * How much more a feature belongs to a topic than to all others: log of the ratio of its shares, from the texts' own
 * weighted values (Rennie, Shih, Teevan, Karger: Tackling the Poor Assumptions of Naive Bayes, ICML 2003; blended with
 * a linear SVM as in Wang and Manning: Baselines and Bigrams, ACL 2012).
 * @param isLeft says which texts count
 * @returns one entry a feature and topic, at [feature * topics + topic]
 */
export function logRatios(
  { corpus, labels }: Problem,
  { features, topics }: { features: number; topics: number },
  isLeft: (text: number) => boolean,
): Float32Array {
  const sums = new Float32Array(features * topics);
  const ofTopic = new Float64Array(topics);
  const ofFeature = new Float64Array(features);
  let all = 0;
  for (let text = 0; text < corpus.size; text++) {
    if (!isLeft(text)) continue;
    const topic = labels[text] as number;
    for (let i = corpus.starts[text] as number; i < (corpus.starts[text + 1] as number); i++) {
      const row = corpus.rows[i] as number;
      const value = corpus.values[i] as number;
      const place = row * topics + topic;
      sums[place] = (sums[place] as number) + value;
      ofTopic[topic] = (ofTopic[topic] as number) + value;
      ofFeature[row] = (ofFeature[row] as number) + value;
      all += value;
    }
  }
  const mass = SMOOTHING * features;
  const sizes = Float64Array.from(ofTopic, (own) => Math.log(all - own + mass) - Math.log(own + mass));
  for (let row = 0; row < features; row++) {
    const feature = ofFeature[row] as number;
    const rare = Math.log(SMOOTHING) - Math.log(feature + SMOOTHING);
    for (let topic = 0; topic < topics; topic++) {
      const place = row * topics + topic;
      const own = sums[place] as number;
      const ratio =
        own === 0 ? rare : Math.log(own + SMOOTHING) - Math.log(Math.max(0, feature - own) + SMOOTHING);
      sums[place] = ratio + (sizes[topic] as number);
    }
  }
  return sums;
}
