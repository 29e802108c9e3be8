/** Labels and answers whose reports are held against scikit-learn's. */

/** A stream of integers that is the same everywhere (Park and Miller's generator). */
function integers(seed) {
  let state = seed;
  return (bound) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
}

/** So many labels of which a share, in percent, is answered by chance. */
function mixed(seed, count, classes, chance) {
  const next = integers(seed);
  const labels = Array.from({ length: count }, () => next(classes));
  const answers = labels.map((label) => (next(100) < chance ? next(classes) : label));
  return { labels, answers };
}

export const REPORT_CASES = [
  { name: 'the example of its documentation', labels: [0, 1, 2, 2, 2], answers: [0, 0, 2, 2, 1] },
  { name: 'everything right', labels: [...'0123456789'].map(Number), answers: [...'0123456789'].map(Number) },
  { name: 'everything wrong', labels: [1, 2, 3], answers: [2, 3, 1] },
  { name: 'one class', labels: [7, 7, 7, 7], answers: [7, 7, 7, 7] },
  { name: 'a digit that is never read', labels: [0, 1, 1, 4], answers: [0, 1, 1, 1] },
  { name: 'a digit that is read and not there', labels: [3, 3, 5], answers: [3, 9, 5] },
  {
    name: 'shares that lie in the middle',
    labels: [0, 0, 0, 0, 0, 0, 0, 0],
    answers: [0, 0, 0, 0, 0, 0, 0, 1],
  },
  { name: 'chosen digits only', ...mixed(3, 200, 10, 30), digits: [2, 5, 8] },
  { name: 'a thousand of ten classes', ...mixed(11, 1000, 10, 12) },
  { name: 'ten thousand of ten classes', ...mixed(5, 10_000, 10, 1) },
];
