export * from './checkpoint';
export * from './digest';
export * from './EvidenceCheck';
export * from './ledger';
export * from './CallsDigest';
export * from './RecordCheck';
