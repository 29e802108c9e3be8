import { IMAGE_SIDE } from '../domain/sample';
import type { StrokePoint } from '../domain/strokes';
import type { PenListener } from './pointer-pen';

/** A square of the pad. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** What keys do besides drawing. */
export type PadCommand = 'undo' | 'redo' | 'clear';

interface KeyboardListener {
  moveCursor(cursor: Cell | undefined): void;
  command(name: PadCommand): void;
}

const STEPS: Readonly<Record<string, Cell>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Draws with keys: arrows move from square to square, Space puts the pen down and lifts it. */
export class KeyboardPen {
  private cell: Cell = { x: IMAGE_SIDE / 2, y: 6 };
  /** `shift` is down only as long as Shift is held. */
  private position: 'up' | 'down' | 'shift' = 'up';

  constructor(
    private readonly pen: PenListener,
    private readonly penWidth: () => number,
    private readonly listener: KeyboardListener,
  ) {}

  focus(): void {
    this.listener.moveCursor(this.cell);
  }

  blur(): void {
    this.lift();
    this.listener.moveCursor(undefined);
  }

  down(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step) this.move(step, event.shiftKey);
    else if (event.key === ' ') this.toggle();
    else if (!this.runCommand(event)) return;
    event.preventDefault();
  }

  private move({ x, y }: Cell, isDrawing: boolean): void {
    if (isDrawing && this.position === 'up') this.lower('shift');
    if (!isDrawing && this.position === 'shift') this.lift();
    const inside = (value: number) => Math.min(IMAGE_SIDE - 1, Math.max(0, value));
    this.cell = { x: inside(this.cell.x + x), y: inside(this.cell.y + y) };
    if (this.position !== 'up') this.pen.extend([this.point()]);
    this.listener.moveCursor(this.cell);
  }

  private toggle(): void {
    if (this.position === 'up') this.lower('down');
    else this.lift();
  }

  private lower(position: 'down' | 'shift'): void {
    this.position = position;
    this.pen.begin();
    this.pen.extend([this.point()]);
  }

  private lift(): void {
    if (this.position === 'up') return;
    this.position = 'up';
    this.pen.end();
  }

  private runCommand({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
    const command = commandOf(key, ctrlKey || metaKey, shiftKey);
    if (!command) return false;
    this.lift();
    this.listener.command(command);
    return true;
  }

  private point(): StrokePoint {
    return { x: this.cell.x + 0.5, y: this.cell.y + 0.5, width: this.penWidth() };
  }
}

function commandOf(key: string, hasControl: boolean, hasShift: boolean): PadCommand | undefined {
  if (key === 'Delete' || key === 'Backspace' || key === 'Escape') return 'clear';
  if (!hasControl) return undefined;
  if (key.toLowerCase() === 'z') return hasShift ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' ? 'redo' : undefined;
}
