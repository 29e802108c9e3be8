import { svg as litSvg } from 'lit';
import { speech } from './speech';

/** Lit's `svg`, in the same way as `html`. */
export const svg: typeof litSvg = (strings, ...values) => {
  const spoken = speech.words?.fill(strings, values);
  return spoken ? litSvg(spoken.strings, ...spoken.values) : litSvg(strings, ...values);
};
