/**
 * The domain core of the runbooks plugin set: pure functions and the words they use.
 *
 * @packageDocumentation
 */
export * from './assertNever';
export * from './effect';
export * from './time';
export * from './text';
export * from './permissions';
export * from './missingPermissionWords';
export * from './shell';
export * from './document';
export * from './scope';
export * from './hold';
export * from './sources';
export * from './plan';
export * from './preview';
export * from './run';
export * from './ledger';
export * from './health';
export * from './schedule';
export * from './matching';
export * from './attempt';
export * from './gateway';
export * from './redaction';
export * from './foreignText';
export * from './api';
export * from './setup';
