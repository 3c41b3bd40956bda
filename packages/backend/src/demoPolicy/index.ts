// The default export is what backend.add(import('./demoPolicy')) takes.
export { demoPolicyModule as default } from './demoPolicyModule';
