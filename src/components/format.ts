/** Numbers and times as people read them; numbers as English writes them, until they are shown. */
import { countText } from '../domain/count-text';
import { dateLocale } from '../i18n/speech';

/** A share, 0 … 1, as a percentage with one decimal; what is tiny but not nothing says so. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  if (share < 1 && share > 0.9995) return '>99.9%';
  return `${(share * 100).toFixed(1)}%`;
}

/** An accuracy, 0 … 1, as a percentage with two decimals. */
export function formatAccuracy(accuracy: number): string {
  return `${(accuracy * 100).toFixed(2)}%`;
}

/** A loss with four decimals. */
export function formatLoss(loss: number): string {
  return loss.toFixed(4);
}

/** A whole number with separators. */
export function formatCount(count: number): string {
  return countText(count);
}

/** A stretch of time that passed, such as 0:41 or 1:02:03. */
export function formatClock(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** A stretch of time that was measured: 3.4 s, 41 s, 2:31. */
export function formatDuration(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return seconds < 59.5 ? `${Math.round(seconds)} s` : formatClock(durationMs);
}

/** A time that is left, rounded as an estimate deserves: 24 s, 3 min, 2 h. */
export function formatEstimate(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** A day and a time, as the reader's language writes them. */
export function formatDate(at: number): string {
  return new Date(at).toLocaleString(dateLocale(), { dateStyle: 'long', timeStyle: 'short' });
}

/** An amount of bytes in MB, or in GB where there are thousands. */
export function formatMegabytes(bytes: number): string {
  const megabytes = bytes / 1e6;
  if (megabytes >= 1000) return `${(megabytes / 1000).toFixed(1)} GB`;
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
