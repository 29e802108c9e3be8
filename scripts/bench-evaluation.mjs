/**
 * What a test of a model on MNIST's 10,000 test images takes, on the built app, for `npm run bench:app`. The
 * figures of the model itself are not looked at: nothing is chosen by them.
 */

const TIMES = 5;
const MNIST_TEST = 'mnist/test';

/**
 * Each time in a profile of its own, in which only MNIST lies: from the click on Test to the score in the
 * database, and to the last part of its report on the page; the page's longest task meanwhile, and while the
 * first charts are drawn; and from a click on a cell of the matrix to the frame with its images. All in ms.
 */
export async function measureEvaluation(url, inFreshProfile) {
  const all = { stored: [], shown: [], longest: [], longestOfCharts: [], cells: [] };
  for (let time = 0; time < TIMES; time++) {
    const measured = await inFreshProfile(async (page) => {
      await page.goto(`${url}#/evaluate`);
      await page.getByRole('button', { name: 'Test the shipped model' }).waitFor();
      const isThere = await page.evaluate(() =>
        document.querySelector('inkling-app').services.datasets.ensureMnist(),
      );
      if (!isThere) throw new Error('MNIST could not be brought into the browser.');
      await page.reload();
      await page.getByLabel('Digits', { exact: true }).selectOption(MNIST_TEST);
      const test = await page.evaluate(testModel);
      return { ...test, cells: await page.evaluate(openCells) };
    });
    for (const [name, values] of Object.entries(all)) values.push(measured[name]);
  }
  return { ...all, cells: all.cells.flat() };
}

/** Runs in the page: clicks on Test, and waits for all that it brings. */
async function testModel() {
  const page = document.querySelector('inkling-app').shadowRoot.querySelector('evaluate-page');
  const { evaluation } = page.services;
  const find = (...path) => path.reduce((at, name) => at?.shadowRoot?.querySelector(name), page);
  const tasks = [];
  new PerformanceObserver((entries) => {
    for (const { duration } of entries.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask' });
  const frames = async (isSo) => {
    while (!isSo()) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const clickedAt = performance.now();
  find('test-choice', 'button').click();
  let stored;
  const unsubscribe = evaluation.state.subscribe(() => {
    if (evaluation.state.value.known.size > 0) stored ??= performance.now() - clickedAt;
  });
  // The last part of the gallery: the average digits.
  const last = () => find('evaluation-gallery', 'class-images');
  await frames(
    () => find('evaluation-gallery', 'report-card', 'pre')?.textContent.includes('10000') && last(),
  );
  const shown = performance.now() - clickedAt;
  await frames(() => stored !== undefined);
  unsubscribe();
  const longest = Math.max(0, ...tasks.splice(0));
  // Charts are drawn as they come near; the first one brings Plotly.
  const chart = find('evaluation-gallery', 'chart-card', 'plotly-chart');
  chart.scrollIntoView();
  await chart.drawn;
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { stored, shown, longest, longestOfCharts: Math.max(0, ...tasks) };
}

/** Runs in the page: the cells of all right answers, and of ten wrong ones. */
async function openCells() {
  const page = document.querySelector('inkling-app').shadowRoot.querySelector('evaluate-page');
  const board = page.shadowRoot.querySelector('evaluation-board').shadowRoot;
  const cells = [...board.querySelector('confusion-matrix').shadowRoot.querySelectorAll('.cell:not(.none)')];
  const isRight = ({ dataset }) => dataset.label === dataset.answer;
  const chosen = [...cells.filter(isRight), ...cells.filter((cell) => !isRight(cell)).slice(0, 10)];
  const times = [];
  for (const cell of chosen) {
    const clickedAt = performance.now();
    cell.click();
    const images = board.querySelector('.beside read-images');
    const title = `${cell.dataset.label} read as ${cell.dataset.answer}`;
    const isThere = () => images.shadowRoot.querySelector('h2').textContent.trim() === title;
    // The frame after the one that has them: it is painted by then.
    do await new Promise((resolve) => requestAnimationFrame(resolve));
    while (!isThere());
    await new Promise((resolve) => requestAnimationFrame(resolve));
    times.push(performance.now() - clickedAt);
  }
  return times;
}
