export * from './matchProcedures';
