import { marksOf } from './numbers';
import { speech } from './speech';

/** A chart as it is drawn: traces and a layout. */
interface Drawing {
  readonly data: readonly object[];
  readonly layout: object;
}

/** Says the names and labels of a chart in the spoken language, and has its numbers written so. */
export function sayDrawing(drawing: Drawing): Drawing {
  const { words } = speech;
  if (!words) return drawing;
  const say = (text: string) => words.say(text);
  const { decimal, group } = marksOf(words.locale);
  return {
    data: drawing.data.map((trace) => sayIn(trace, say)),
    layout: { ...sayIn(drawing.layout, say), separators: `${decimal}${group}` },
  };
}

function sayIn(part: object, say: (text: string) => string): object {
  const said = Object.entries(part).map(([name, value]: [string, unknown]) => {
    if (name === 'annotations' && Array.isArray(value)) {
      return [name, value.map((annotation: object) => sayIn(annotation, say))];
    }
    if (typeof value !== 'string') return [name, value];
    if (name === 'name' || name === 'text') return [name, say(value)];
    if (name !== 'hovertemplate') return [name, value];
    // What a trace is called stands at the end, between tags of its own.
    return [name, value.replace(/(?<=<extra>)[^<]+/u, say)];
  });
  return Object.fromEntries(said) as object;
}
