// The default export is what backend.add(import('./demoAuth')) takes.
export { demoAuthModule as default } from './demoAuthModule';
