/** The margin where nobody set one, in points, and the limits of what can be set. */
export const GATE_MARGIN = { usual: 0.2, least: 0, most: 5 } as const;
