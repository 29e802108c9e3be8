/** Student's t for a 95 % interval, two-sided, by degrees of freedom from 1 on. */
const STUDENT_T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** The most seeds that can be summed up. */
export const MOST_SEEDS = STUDENT_T.length + 1;

/** Mean, standard deviation and the mean's 95 % interval of what two to ten seeds gave. */
export function summarize(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
  );
  const margin = (STUDENT_T[values.length - 2] * deviation) / Math.sqrt(values.length);
  return { mean, deviation, low: mean - margin, high: mean + margin };
}
