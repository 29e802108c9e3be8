import { html as litHtml } from 'lit';
import { speech } from './speech';

/**
 * Lit's `html`. In English it is that and nothing more; in another language the texts of the template, and the
 * strings that are put between them, are those of the catalogue.
 */
export const html: typeof litHtml = (strings, ...values) => {
  const spoken = speech.words?.fill(strings, values);
  return spoken ? litHtml(spoken.strings, ...spoken.values) : litHtml(strings, ...values);
};
