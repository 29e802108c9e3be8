import type { AppError } from './errors';
import { isRecord } from './is-same';
import { refuseModel } from './refuse-model';
import { showName } from './show-name';

/** A description of a network is a few thousand characters; more than this is none. */
export const MOST_JSON_BYTES = 1_000_000;
/** Objects and lists in each other. */
const DEEPEST = 32;
/** Names that mean something to JavaScript itself. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Reads JSON that came with a model. Throws `invalid-input`: MODEL_TOO_LARGE where it is too long or too
 * deep, MODEL_INVALID where it is no JSON or names what no model has.
 */
export function parseModelJson(text: string): JsonNode {
  if (text.length > MOST_JSON_BYTES) {
    throw refuseModel('MODEL_TOO_LARGE', 'The description of this model is longer than that of any network.');
  }
  requireShallow(text);
  return new JsonNode(parse(text), '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, refuseReserved);
  } catch (error) {
    if (error instanceof SyntaxError) throw refuseModel('MODEL_INVALID', 'The model’s JSON is damaged.');
    throw error;
  }
}

function refuseReserved(key: string, value: unknown): unknown {
  if (!RESERVED.has(key)) return value;
  throw refuseModel('MODEL_INVALID', `The model’s JSON has a field ${key}, which no model has.`);
}

/** Counted before it is parsed: what is nested deeply enough fills the stack of the parser. */
function requireShallow(text: string): void {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character === '\\') at += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > DEEPEST) {
      throw refuseModel('MODEL_TOO_LARGE', 'The description of this model is nested too deeply.');
    }
  }
}

/** A value of the JSON with its place in it. What it is asked for and is not throws MODEL_INVALID. */
export class JsonNode {
  constructor(
    readonly value: unknown,
    private readonly path: string,
  ) {}

  /** A field of an object, or undefined where it is absent or null. */
  find(key: string): JsonNode | undefined {
    if (!isRecord(this.value)) throw this.refuse('an object');
    const value = Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return value === undefined || value === null ? undefined : this.child(key, value);
  }

  /** A field of an object. */
  get(key: string): JsonNode {
    return this.find(key) ?? this.fail(`${this.place(key)} is missing in the model’s JSON.`);
  }

  /** The names of an object's fields. */
  keys(): readonly string[] {
    if (!isRecord(this.value)) throw this.refuse('an object');
    return Object.keys(this.value);
  }

  /** The entries of a list. */
  items(): readonly JsonNode[] {
    if (!Array.isArray(this.value)) throw this.refuse('a list');
    return this.value.map((value, index) => this.child(String(index), value));
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.refuse('text');
    return this.value;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw this.refuse('true or false');
    return this.value;
  }

  number(): number {
    if (typeof this.value !== 'number') throw this.refuse('a number');
    return this.value;
  }

  /** A whole number from 1 on. */
  count(): number {
    const value = this.number();
    if (!Number.isSafeInteger(value) || value < 1) throw this.refuse('a whole number from 1 on');
    return value;
  }

  /** The refusal of this value. */
  refuse(expected: string): AppError {
    return refuseModel('MODEL_INVALID', `${this.place()} must be ${expected} in the model’s JSON.`);
  }

  private child(key: string, value: unknown): JsonNode {
    return new JsonNode(value, this.path === '' ? key : `${this.path}.${key}`);
  }

  private place(key?: string): string {
    const parts = [this.path, key ?? ''].filter((part) => part !== '');
    return parts.length === 0 ? 'All of it' : showName(parts.join('.'));
  }

  private fail(message: string): never {
    throw refuseModel('MODEL_INVALID', message);
  }
}
