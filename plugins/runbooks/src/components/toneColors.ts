import type { Theme } from '@material-ui/core/styles';
import type { Tone } from '../words/tone';

/** Text, tint and line of a tone; text on tint has a contrast of at least 4.5 to 1 in both themes. */
export interface ToneColors {
  text: string;
  tint: string;
  line: string;
}

const LIGHT: Record<Tone, ToneColors> = {
  neutral: { text: '#4d4d4d', tint: 'rgba(0, 0, 0, 0.055)', line: '#9a9a9a' },
  info: { text: '#1b4b85', tint: 'rgba(31, 84, 147, 0.09)', line: '#1f5493' },
  ok: { text: '#1a6330', tint: 'rgba(29, 150, 70, 0.11)', line: '#2a9d4f' },
  caution: {
    text: '#7a4300',
    tint: 'rgba(237, 137, 0, 0.14)',
    line: '#d97f06',
  },
  danger: { text: '#a51d2a', tint: 'rgba(226, 33, 52, 0.09)', line: '#d3273a' },
};

const DARK: Record<Tone, ToneColors> = {
  neutral: {
    text: '#d4d4d4',
    tint: 'rgba(255, 255, 255, 0.07)',
    line: '#9e9e9e',
  },
  info: { text: '#b5d6ff', tint: 'rgba(156, 201, 255, 0.15)', line: '#9cc9ff' },
  ok: { text: '#94e2a8', tint: 'rgba(113, 207, 136, 0.15)', line: '#71cf88' },
  caution: {
    text: '#ffcf8a',
    tint: 'rgba(255, 184, 77, 0.15)',
    line: '#ffb84d',
  },
  danger: { text: '#ffb0b0', tint: 'rgba(248, 76, 85, 0.16)', line: '#f8757c' },
};

/** The colours of a tone in the theme of the page. */
export function toneColors(theme: Theme, tone: Tone): ToneColors {
  return (theme.palette.type === 'dark' ? DARK : LIGHT)[tone];
}

/** Ground for code and output: a step away from the card it stands on. */
export function codeGround(theme: Theme): string {
  return theme.palette.type === 'dark' ? '#2b2b2b' : '#f5f6f8';
}

/** Lines between things on a card. */
export function hairline(theme: Theme): string {
  return theme.palette.type === 'dark'
    ? 'rgba(255, 255, 255, 0.14)'
    : 'rgba(0, 0, 0, 0.1)';
}
