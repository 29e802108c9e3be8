import { expect } from 'chai';
import '../../src/components/run-form';
import type { RunForm } from '../../src/components/run-form';
import type { Architecture } from '../../src/domain/architecture';
import type { Augmentation } from '../../src/domain/augmentation';
import { NO_CONTEXT } from '../../src/domain/draft-context';
import { findDraftErrors } from '../../src/domain/draft-errors';
import { generateDigits } from '../../src/domain/generated-digits';
import { SHIPPED_MODEL } from '../../src/domain/ids';
import { ARCHITECTURES } from '../../src/domain/architecture';
import { hasOwnSettings, newDraft, type RunDraft } from '../../src/domain/run-draft';

/** The form as a page has it: what it tells comes back as its draft. */
async function openForm(patch: Partial<RunForm> = {}): Promise<RunForm> {
  const form = Object.assign(document.createElement('run-form'), { draft: newDraft(), open: true, ...patch });
  form.addEventListener('change', (event) => {
    form.draft = (event as CustomEvent<RunDraft>).detail;
    form.errors = findDraftErrors(form.draft, form.context);
  });
  form.errors = findDraftErrors(form.draft, form.context);
  document.body.append(form);
  await settled(form);
  return form;
}

afterEach(() => document.body.replaceChildren());

const PARTS = ['network-editor', 'learning-settings', 'variation-settings'] as const;
type Part = (typeof PARTS)[number];

const part = <Name extends Part>(form: RunForm, name: Name): HTMLElementTagNameMap[Name] =>
  form.renderRoot.querySelector(name)!;

/** Waits until the form and the parts in it show what they were given. */
async function settled(form: RunForm): Promise<void> {
  await form.updateComplete;
  await Promise.all(PARTS.map((name) => part(form, name)?.updateComplete));
}

const find = <T extends Element>(root: { renderRoot: ParentNode }, selector: string): T =>
  root.renderRoot.querySelector<T>(selector)!;
const buttonNamed = (root: { renderRoot: ParentNode }, name: string): HTMLButtonElement =>
  [...root.renderRoot.querySelectorAll('button')].find(({ textContent }) => textContent.includes(name))!;

async function type(form: RunForm, root: { renderRoot: ParentNode }, id: string, value: string) {
  const field = find<HTMLInputElement>(root, `#${id}`);
  field.value = value;
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input'));
  await settled(form);
}

async function press(form: RunForm, button: HTMLButtonElement): Promise<void> {
  button.click();
  await settled(form);
}

const startButton = (form: RunForm) => find<HTMLButtonElement>(form, 'button.primary');

describe('the own settings of a run', () => {
  it('are out of the way until they are wanted, and say so when they are', async () => {
    const form = await openForm({ open: false });
    expect(part(form, 'network-editor')).to.equal(null);
    let told: boolean | undefined;
    form.addEventListener('disclose', (event) => (told = (event as CustomEvent<boolean>).detail));
    const opened = new Promise((resolve) => form.addEventListener('disclose', resolve));
    find<HTMLElement>(form, 'summary').click();
    await opened;
    await settled(form);
    expect(told).to.equal(true);
    expect(part(form, 'network-editor')).not.to.equal(null);
  });

  it('mark the recipe as changed, and go back to it', async () => {
    const form = await openForm();
    await type(form, part(form, 'learning-settings'), 'batchSize', '30');
    expect(hasOwnSettings(form.draft)).to.equal(true);
    expect(find(form, '.recipe:has(input:checked)').textContent).to.contain('changed');
    await press(form, buttonNamed(form, 'Back to the recipe'));
    expect(form.draft).to.deep.equal(newDraft());
  });

  it('say why a number cannot be, beside it, and nothing starts', async () => {
    const form = await openForm();
    const learning = part(form, 'learning-settings');
    const starts: Event[] = [];
    form.addEventListener('start', (event) => starts.push(event));
    await type(form, learning, 'learningRate', '7');
    const field = find(learning, '#learningRate');
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    const hint = find(learning, `#${field.getAttribute('aria-describedby')}`);
    expect(hint.textContent.trim()).to.equal('Use a number from 0.000001 to 1.');
    expect(startButton(form).disabled).to.equal(true);
    find<HTMLFormElement>(form, 'form').requestSubmit();
    expect(starts).to.have.length(0);

    form.open = false;
    await settled(form);
    expect(find(form, '#start-hint').textContent).to.contain('Use a number from 0.000001 to 1.');
  });

  it('stop early when they are told to, with a patience that can be changed', async () => {
    const form = await openForm();
    const learning = part(form, 'learning-settings');
    find<HTMLInputElement>(learning, '#earlyStopping').click();
    await settled(form);
    await type(form, learning, 'patience', '5');
    expect(form.draft.settings.earlyStopping).to.deep.equal({ patience: 5 });
    find<HTMLInputElement>(learning, '#earlyStopping').click();
    await settled(form);
    expect(form.draft.settings).not.to.have.property('earlyStopping');
  });

  it('draw the schedule that is chosen', async () => {
    const form = await openForm();
    const learning = part(form, 'learning-settings');
    const curve = learning.renderRoot.querySelector('schedule-curve')!;
    const drawn = () => find(curve, '.rate').getAttribute('d');
    const before = drawn();
    await type(form, learning, 'schedule', 'cosine');
    await curve.updateComplete;
    expect(drawn()).not.to.equal(before);
    expect(find(curve, 'svg').getAttribute('aria-label')).to.contain('cosine');
  });

  it('cannot be changed while something is trained', async () => {
    const form = await openForm({ locked: true, draft: { ...newDraft(), dataset: 'mixture' } });
    const roots = [form, ...PARTS.map((name) => part(form, name))];
    const controls = roots.flatMap((root) => [...root.renderRoot.querySelectorAll('input, select')]);
    expect(controls.length).to.be.above(15);
    for (const control of controls) expect(control.matches(':disabled'), control.id).to.equal(true);
  });
});

describe('the network, layer by layer', () => {
  const rows = (form: RunForm) =>
    [...part(form, 'network-editor').renderRoot.querySelectorAll('ol .row')].map((row) =>
      row.textContent.replace(/\s+/g, ' ').trim(),
    );
  const layers = (form: RunForm) => form.draft.settings.architecture.layers.map(({ kind }) => kind);

  it('shows what each layer gives, and what all of it costs', async () => {
    const form = await openForm();
    expect(rows(form)[0]).to.equal('Image 28 × 28 × 1');
    expect(rows(form)[1]).to.equal('Convolution 16 of 5 × 5, step 2 gives 12 × 12 × 16');
    expect(part(form, 'network-editor').renderRoot.textContent).to.contain('29,546 parameters');
  });

  it('opens a layer to be changed, moved, taken out, and adds one behind it', async () => {
    const form = await openForm();
    const editor = part(form, 'network-editor');
    await press(form, buttonNamed(editor, 'Convolution'));
    await type(form, editor, 'filters', '20');
    expect(rows(form)[1]).to.contain('12 × 12 × 20');
    find<HTMLSelectElement>(editor, '.add select').value = 'dropout';
    find(editor, '.add select').dispatchEvent(new Event('change'));
    await press(form, buttonNamed(editor, 'Add layer'));
    expect(layers(form).slice(0, 3)).to.deep.equal(['conv', 'dropout', 'batch-norm']);
    await press(form, buttonNamed(editor, 'Down'));
    expect(layers(form).slice(0, 3)).to.deep.equal(['conv', 'batch-norm', 'dropout']);
    await press(form, buttonNamed(editor, 'Remove'));
    expect(layers(form).slice(0, 3)).to.deep.equal(['conv', 'batch-norm', 'relu']);
  });

  it('says at the layer why it cannot work, and nothing starts', async () => {
    const form = await openForm();
    const editor = part(form, 'network-editor');
    await press(form, buttonNamed(editor, 'Flatten'));
    await press(form, buttonNamed(editor, 'Remove'));
    const wrong = find(editor, 'li.wrong');
    expect(wrong.textContent).to.contain('dense1 needs a flatten layer before it.');
    expect(startButton(form).disabled).to.equal(true);
  });

  it('of a model that is trained further, can be read and not changed', async () => {
    const versions = [{ id: SHIPPED_MODEL, architecture: ARCHITECTURES.best, weightsHash: 'a' }];
    const form = await openForm({
      context: { ...NO_CONTEXT, versions },
      models: [{ id: SHIPPED_MODEL, label: 'Shipped' }],
    });
    await type(form, form, 'startFrom', '0');
    expect(form.draft.startFrom).to.include({ versionId: SHIPPED_MODEL, replay: 'none' });
    expect(rows(form)[1]).to.contain('24 of 5 × 5');
    const editor = part(form, 'network-editor');
    expect([...editor.renderRoot.querySelectorAll('button')].every(({ disabled }) => disabled)).to.equal(
      true,
    );
    await type(form, form, 'startFrom', 'scratch');
    expect(form.draft.startFrom).to.equal(undefined);
  });

  it('tells a network that comes with Inkling by its name', async () => {
    const form = await openForm();
    const editor = part(form, 'network-editor');
    const told: Architecture[] = [];
    editor.addEventListener('change', (event) => told.push((event as CustomEvent<Architecture>).detail));
    await press(form, buttonNamed(editor, 'Convolution'));
    await type(form, editor, 'filters', '17');
    await type(form, editor, 'filters', '16');
    expect(told.map(({ name }) => name)).to.deep.equal(['own', 'fast']);
  });
});

describe('the variation of images', () => {
  it('is shown on sixteen digits, anew as a slider moves', async () => {
    const form = await openForm({ examples: generateDigits(1, 0, 16).pixels });
    const settings = part(form, 'variation-settings');
    const preview = settings.renderRoot.querySelector('varied-digits')!;
    await preview.updateComplete;
    const canvases = [...preview.renderRoot.querySelectorAll('canvas')];
    const ink = () =>
      canvases.map((canvas) => canvas.getContext('2d')!.getImageData(0, 0, 28, 28).data.join());
    const plain = ink();
    expect(canvases).to.have.length(16);
    expect(new Set(plain).size).to.equal(16);

    const told: Augmentation[] = [];
    settings.addEventListener('change', (event) => told.push((event as CustomEvent<Augmentation>).detail));
    await type(form, settings, 'rotation', '30');
    await preview.updateComplete;
    expect(told[0]!.rotation).to.equal(30);
    const turned = ink();
    expect(turned.filter((image, index) => image !== plain[index])).to.have.length(16);
    await type(form, settings, 'rotation', '0');
    await preview.updateComplete;
    expect(ink()).to.deep.equal(plain);
  });
});

describe('a mixture in the form', () => {
  it('gives each set a share, and says where they do not add up', async () => {
    const form = await openForm({ open: false });
    await type(form, form, 'dataset', 'mixture');
    const shares = () => [...form.renderRoot.querySelectorAll<HTMLInputElement>('.mixture input')];
    expect(shares().map(({ value }) => value)).to.deep.equal(['50', '50']);
    shares()[0]!.value = '80';
    shares()[0]!.dispatchEvent(new Event('input'));
    await settled(form);
    expect(shares().map(({ value }) => value)).to.deep.equal(['80', '20']);
    shares()[0]!.value = '0';
    shares()[0]!.dispatchEvent(new Event('input'));
    await settled(form);
    expect(find(form, '#dataset-hint').textContent).to.contain('a whole number from 1 to 99');
    expect(startButton(form).disabled).to.equal(true);
  });
});

describe('a link in the form', () => {
  it('is said to have filled it in, with all that could not be taken, and can be put away', async () => {
    const form = await openForm({ notes: { problems: ['<b>No</b> such set.'] } });
    const notes = find(form, '.notes');
    expect(notes.getAttribute('role')).to.equal('status');
    expect(notes.textContent).to.contain('A link filled in this form').and.to.contain('<b>No</b> such set.');
    let isForgotten = false;
    form.addEventListener('forget', () => (isForgotten = true));
    buttonNamed(form, 'Put away').click();
    expect(isForgotten).to.equal(true);
  });

  it('is offered for what can be run, and for nothing else', async () => {
    const form = await openForm({ open: false });
    let copies = 0;
    form.addEventListener('copy', () => copies++);
    buttonNamed(form, 'Copy link').click();
    expect(copies).to.equal(1);
    await type(form, form, 'epochs', '0');
    expect(buttonNamed(form, 'Copy link').disabled).to.equal(true);
  });
});
