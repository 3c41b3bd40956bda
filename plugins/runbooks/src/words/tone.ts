/** How much a thing wants to be noticed. Colour never says it alone: words and an icon stand with it. */
export type Tone = 'neutral' | 'info' | 'ok' | 'caution' | 'danger';
