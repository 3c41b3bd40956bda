export * from './digest';
export * from './ledger';
